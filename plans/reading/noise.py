"""What is no part of a plan: its own title line, signatures, dates, and the frame of a page it was copied from."""

from __future__ import annotations

import re

from plans.reading.data import DATA
from plans.reading.marks import mark

KINDS = "计划|要点|安排|方案|打算|思路|总结|清单|安排表|一览表|汇报|小结"
TITLE = re.compile(rf"^.{{2,60}}(?:{KINDS})(?:表)?(?:（.{{1,20}}）)?$")
#: The name of a letter a plan is sent with.
LETTER = re.compile(r"^(?:关于)?(?:印发|下发).*通知$|^关于.{4,60}的(?:通知|函)$")
#: A first line without punctuation that says whose plan this is.
WHOSE = re.compile(r"20\d\d年|政协|委员|联络|〔20|二〇")
PART = re.compile(
    rf"^(?P<stem>.{{2,40}}?(?:{KINDS}|范文|模板))?.{{0,10}}?"
    r"(?:第?[（]?(?P<number>[一二三四五六七八九十]{1,3}|\d{1,2})[）]?篇|篇[（]?(?P<after>[一二三四五六七八九十]{1,3}|\d{1,2})[）]?|(?P<plain>\d{1,2}))[：:]?$"
)
DATE = re.compile(
    r"^[（]?(?:\d{2,4}|[二〇○0零一二三四五六七八九xX×_]{2,4})年?[-./年]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[-./月]"
    r"(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})日?)?[）]?$"
)
OFFICE = re.compile(
    r"^[^，。；：、\d]{2,30}(?:联络处|联络室|联络组|工委|工作委员会|办公室|政协|委员会|工作室|联组|活动组|小组|专委会|联络站)$"
)
FRAME = tuple(DATA["pages"]["frame"].split())
COMMON_TITLES = re.compile("|".join(DATA["pages"]["titles"].split()))
#: Words of the sheet itself: 附件1, 目录, （讨论稿）, page numbers.
SHEET = re.compile(
    r"附件?[表]?[\d一二三四五]*[：:]?|目录|[（]?(?:讨论|征求意见|送审|初|审议)稿[）]?|-?\d+-?|第\d+页(?:[，,]?共\d+页)?"
)
ADVERT = re.compile(r"^.{4,40}[（][^（）]{0,6}\d{1,2}篇[）]$")
READABLE = re.compile(r"[\u4e00-\u9fff]")
#: Sections about what was done, not about what is planned.
REVIEW = re.compile(
    r"回顾|总结(?!阶段|提升|提高|表彰)|开展情况|完成情况|取得的?成[绩效]|主要做法|主要成绩|存在的?(?:主要)?问题|不足|过去一年|去年(?:以来)?工作|上年度?工作"
    r"|工作汇报|履职情况|主要工作情况|工作成效"
)
FORWARD = re.compile(r"计划|打算|安排|要点|思路|下半年|下一步|明年")


def is_title(norm: str) -> bool:
    """The line that says whose plan this is."""
    norm = norm.lstrip("#")
    if mark(norm) or any(sign in norm for sign in "。；：，") or len(norm) > 60:
        return False
    return bool(TITLE.match(norm) or ADVERT.match(norm) or (len(norm) <= 45 and WHOSE.search(norm)))


def is_inner_title(norm: str) -> bool:
    """The title once more, below the letter a plan was sent with."""
    if mark(norm) or any(sign in norm for sign in "。；：，"):
        return False
    return bool(LETTER.search(norm)) or (bool(TITLE.match(norm)) and "年" in norm)


def is_signature(norm: str) -> bool:
    """The date or the office below a plan, alone in its line."""
    bare = re.sub(r"[\s（）]", "", norm)
    return bool(DATE.match(bare)) or (bool(OFFICE.match(bare)) and len(bare) <= 30)


def is_noise(norm: str) -> bool:
    """Nothing a plan says: page frames, page numbers, lines without a Chinese character."""
    if not READABLE.search(norm):
        return not re.fullmatch(r"[|\-：\s\t]+", norm)
    if ADVERT.match(norm) or SHEET.fullmatch(norm):
        return True
    return len(norm) <= 60 and any(word in norm for word in FRAME)


def part_headings(norms: list[str]) -> list[int]:
    """Which paragraphs head one plan of a collection: the same words with a running number, at least two of them."""
    stems: dict[str, list[int]] = {}
    for place, norm in enumerate(norms):
        found = PART.match(norm) if 3 <= len(norm) <= 50 else None
        if found and not any(sign in norm for sign in "，。；"):
            stems.setdefault(re.sub(r"[\d一二三四五六七八九十（）：]+", "", norm), []).append(place)
    return sorted(place for places in stems.values() if len(places) > 1 for place in places)


def is_review(title: str) -> bool:
    """Whether a heading announces what was done."""
    return bool(REVIEW.search(title)) and not FORWARD.search(title)
