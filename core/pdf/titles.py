"""Where a long title breaks: whole words, lines of similar length (GB/T 9704-2012 7.3.1)."""

from __future__ import annotations

import unicodedata
from itertools import combinations, pairwise
from math import ceil

ROOM = 20  # characters of 2号 in 156 mm
GOOD_AFTER = "室会委办局院校县市区镇乡处组的度、，："
GOOD_BEFORE = ("关于", "暨", "和", "工作", "情况", "实施", "年度")
BAD_AFTER = ("关于", "和", "暨", "与", "（", "“", "《")
BAD_BEFORE = "）”》，、：的"


def title_lines(title: str) -> list[str]:
    """The title cut into as few lines as fit, at the most sensible places; line feeds in it are kept."""
    return [line for part in title.split("\n") for line in _balanced(part)]


def _balanced(title: str) -> list[str]:
    count = ceil(_width(title) / ROOM)
    if count <= 1 or count > 4:
        return [title]
    places = [at for at in range(1, len(title)) if _may_break(title, at)]
    cuts = [_cut(title, chosen) for chosen in combinations(places, count - 1)]
    fitting = [lines for lines in cuts if max(map(_width, lines)) <= ROOM]
    return min(fitting, key=_cost, default=[title])


def _cut(title: str, places: tuple[int, ...]) -> list[str]:
    ends = [0, *places, len(title)]
    return [title[start:end] for start, end in pairwise(ends)]


def _width(text: str) -> float:
    return sum(1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5 for character in text)


def _may_break(title: str, at: int) -> bool:
    """Not inside a number or Latin word, nor between a number and its unit, nor beside a bracket."""
    before, after = title[at - 1], title[at]
    if before.isascii() or after in BAD_BEFORE:
        return False
    return not title[:at].endswith(BAD_AFTER)


def _cost(lines: list[str]) -> float:
    widths = [_width(line) for line in lines]
    clumsy = sum(1 for left, right in pairwise(lines) if not _sensible(left, right))
    return (max(widths) - min(widths)) + 6 * clumsy


def _sensible(left: str, right: str) -> bool:
    return left[-1] in GOOD_AFTER or right.startswith(GOOD_BEFORE) or right[0].isdigit()
