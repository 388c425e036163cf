"""What a finished document is."""

from __future__ import annotations

from dataclasses import dataclass, field

LANGUAGE = "zh-CN"


@dataclass(frozen=True)
class PdfResult:
    """The finished file; `fonts`: names as embedded, `refused`: addresses the template asked for in vain."""

    data: bytes
    pages: int
    fonts: list[str]
    refused: list[str] = field(default_factory=list)
