"""版记 belongs on the last even page (GB/T 9704-2012 7.4), and only the layout tells where the text ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

HERE = 'class="colophon-here"'
NEXT = 'class="colophon-next"'
APART = 'class="colophon-apart"'  # behind an empty page: neither bears a number


def settled(html: str, pages: Sequence[Any]) -> str:
    """The same text when it has no 版记 or has it where the text ends, on an even page; else one that moves it."""
    if HERE not in html:
        return html
    stands, ends = number_of("colophon", pages), number_of("text-end", pages)
    if ends % 2 == 0:
        return html if stands == ends else html.replace(HERE, APART)
    return html.replace(HERE, NEXT)


def number_of(anchor: str, pages: Sequence[Any]) -> int:
    """The page, from 1, on which an element lies."""
    return next(number for number, page in enumerate(pages, 1) if anchor in page.anchors)
