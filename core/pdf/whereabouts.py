"""Where in a document a character stands, told to whoever has to replace it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from core.pdf.blocks import Heading

AROUND = 8  # characters shown on either side
MOST = 3  # places told: the sentence of a job is short


def places(characters: str, blocks: Iterable[object]) -> list[str]:
    """For the first few characters the first place of each: “标题”下的“…前后的字…”."""
    found: dict[str, str] = {}
    heading = ""
    for block in blocks:
        if isinstance(block, Heading):
            heading = block.text
        for text in texts(block):
            for character in characters:
                if character in text and character not in found:
                    under = f"“{heading}”下的" if heading and heading != text else ""
                    found[character] = f"{under}“{excerpt(text, character)}”"
    return list(dict.fromkeys(found.values()))[:MOST]


def excerpt(text: str, character: str) -> str:
    at = text.index(character)
    first, last = max(0, at - AROUND), at + AROUND + 1
    return f"{'…' if first else ''}{text[first:last]}{'…' if last < len(text) else ''}"


def texts(value: Any) -> Iterator[str]:
    """Every piece of text in a block, in its order."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for each in value:
            yield from texts(each)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))
