"""The invented words of the demo office, kept as TOML beside this module."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "content"


@cache
def read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def paragraphs(text: str) -> str:
    """A text block without the line breaks around it."""
    return text.strip()
