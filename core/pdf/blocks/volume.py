"""Covers, contents, indexes, pictures, codes and new pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Picture:
    """A photo known to `core.pdf.media_resolver`; `width` in percent of the text block."""

    media_id: str
    caption: str = ""
    width: int = 100
    template: ClassVar[str] = "documents/_picture.html"


@dataclass(frozen=True)
class Code:
    """A QR code that leads to `url`, with the words beside it; `path` and `size` are the drawing (`core.qr`)."""

    url: str
    words: str
    size: int
    path: str
    template: ClassVar[str] = "documents/_code.html"


@dataclass(frozen=True)
class Contents:
    """目录: `(words, anchor)` with the page each begins on."""

    entries: Sequence[tuple[str, str]]
    title: str = "目　录"
    template: ClassVar[str] = "documents/_contents.html"


@dataclass(frozen=True)
class Index:
    """索引: a word and the anchors it occurs at; printed with their page numbers."""

    title: str
    entries: Sequence[tuple[str, Sequence[str]]]
    template: ClassVar[str] = "documents/_index.html"


@dataclass(frozen=True)
class Cover:
    """A first page of its own: the title in large type, whose it is and of when."""

    title: str
    lines: Sequence[str]
    template: ClassVar[str] = "documents/_cover.html"


@dataclass(frozen=True)
class PageBreak:
    """What follows begins on a new page."""

    template: ClassVar[str] = "documents/_page_break.html"
