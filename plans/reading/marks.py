"""Marks at the beginning of a paragraph: numbers of headings and lists, bullets, months, labels."""

from __future__ import annotations

import re
from dataclasses import dataclass

from plans.reading.labels import LABEL

CN = "一二三四五六七八九十"
#: (rank, pattern): the lower the rank, the higher the heading stands.
STYLES: tuple[tuple[int, re.Pattern[str]], ...] = (
    (0, re.compile(r"#{1,2}(?!#)")),
    (2, re.compile(r"#{3,6}")),
    (1, re.compile(r"-{2,4}(?=[\u4e00-\u9fff“])")),
    (0, re.compile(rf"第[{CN}]{{1,3}}(?:部分|章|篇|编)[、：:.\s]?")),
    (1, re.compile(rf"[{CN}]{{1,3}}(?:[、.]|，(?!二|三))")),
    (2, re.compile(rf"（[{CN}]{{1,3}}）[、.]?")),
    (3, re.compile(r"\d{1,2}(?:[、．]|\.(?!\d)|\.(?=\d{1,2}(?:-\d{1,2})?月))")),
    (4, re.compile(r"（\d{1,2}）[、.]?|\d{1,2}）")),
    (5, re.compile(r"[①-⑳]")),
    (6, re.compile(rf"第[{CN}]{{1,2}}[，、]|[{CN}](?:是(?:要)?|要(?!求|点))|首先，|其次，|再次，|最后，")),
)
NESTED = 6
BULLET = re.compile(r"(?:[-·*◆■▪▶➢★☆◇□>]+ ?)+(?=[^\s\d]|\d{1,2}[月、.．])")
MONTHS = rf"(?:\d{{1,2}}|[{CN}]{{1,3}})(?:月?(?:[-至到、](?:\d{{1,2}}|[{CN}]{{1,3}})))?月(?:份)?"
QUARTERS = "第?[一二三四1-4]季度|[上下]半年"
MONTH_START = re.compile(rf"【?{MONTHS}(?:[上中下]旬|初|底|末)?】?(?:[：，、\t|-]|$|[^一二三四五六七八九十\d])")
#: A month or a quarter that heads what is planned for it.
PERIOD_ALONE = re.compile(
    rf"^[【（]?(?:(?:\d{{4}}年)?{MONTHS}(?:[上中下]旬)?|{QUARTERS})(?:主要)?(?:工作|活动)?(?:安排|计划|重点|内容)?(?:（.{{1,12}}）)?[】）]?[：:]?$"
)
THIRD_START = re.compile(r"(?:[上中下]旬|全月)[：:]")
QUARTER_START = re.compile(rf"(?:{QUARTERS})(?:[：，]|$)")
LONGEST_HEADING = {0: 60, 1: 60, 2: 60, 3: 42, 4: 30, 5: 30, 6: 40}


#: “3、6、9月”: months, no number of a list.
SEVERAL_MONTHS = re.compile(r"\d{1,2}、\d{1,2}、(?:\d{1,2}、)*\d{1,2}月")


@dataclass(frozen=True)
class Mark:
    """The number of a heading or list item: its rank and how many characters it takes."""

    rank: int
    length: int


def bullet(norm: str) -> int:
    """How many characters a bullet takes."""
    found = BULLET.match(norm)
    return found.end() if found else 0


def without_bullet(norm: str) -> str:
    return norm[bullet(norm) :]


def mark(norm: str) -> Mark | None:
    """The number at the beginning, bullets skipped."""
    if SEVERAL_MONTHS.match(norm):
        return None
    skipped = 0 if norm.startswith("--") else bullet(norm)
    for rank, pattern in STYLES:
        found = pattern.match(norm, skipped)
        if found and found.end() < len(norm):
            return Mark(rank, found.end())
    return None


def begins_block(norm: str) -> bool:
    """Whether a line can only be the beginning of something, never the rest of a broken line."""
    return bool(
        bullet(norm)
        or mark(norm)
        or LABEL.match(norm)
        or MONTH_START.match(norm)
        or QUARTER_START.match(norm)
        or THIRD_START.match(norm)
    )


def heading_like(norm: str) -> bool:
    """A numbered line, or a short one without punctuation, that may stand without a full stop."""
    found = mark(norm)
    if found and found.rank < NESTED:
        return "。" not in norm and "；" not in norm and len(norm) <= LONGEST_HEADING[found.rank]
    return len(norm) <= 30 and not any(sign in norm for sign in "，。；")
