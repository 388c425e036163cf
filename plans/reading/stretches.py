"""Which words of a paragraph belong to which date: those behind it, or in front of one in brackets."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from plans.reading.dates import Anchor, anchors
from plans.reading.marks import mark, without_bullet
from plans.reading.occasions import BY
from plans.reading.sentences import Piece, sentences
from plans.reading.subjects import hits
from plans.reading.verbs import GOING

SHORTEST = 3


OPENING = re.compile(r"(?:拟|计划|将|预计|定|安排|初步定|原则上)?(?:于|在)?$")


@dataclass(frozen=True)
class Stretch:
    """Words of a paragraph that belong to the dates before (or behind) them."""

    anchors: tuple[Anchor, ...]
    start: int
    end: int


def stretches(norm: str) -> list[Stretch]:
    """A date speaks for what follows up to the next date; at the end of a sentence it speaks for that sentence."""
    leading = first_date(norm)
    found: list[Stretch] = []
    for sentence in sentences(norm):
        dates = [each for each in anchors(sentence.text) if usable(each, sentence.text)]
        if leading and not leading.loose:
            listed = bool(found) and found[-1].anchors != found[0].anchors
            listed = listed or sum(not each.loose for each in dates) > 1
            dates = [each for each in dates if not each.loose or (listed and begins_clause(each, sentence.text))]
        if not dates:
            if found and leading and sentence.start == found[-1].end:
                found[-1] = replace(found[-1], end=sentence.end)
            continue
        found += of_sentence(sentence, groups(dates, sentence.text))
    return found


def begins_clause(anchor: Anchor, sentence: str) -> bool:
    """In a list of dates a festival at the head of a clause is the next of them."""
    return anchor.start == 0 or sentence[anchor.start - 1] in "，；"


def first_date(norm: str) -> Anchor | None:
    """The date a paragraph begins with: everything in it belongs to that month."""
    number = mark(norm)
    start = number.length if number else len(norm) - len(without_bullet(norm))
    first = next(iter(anchors(norm[start : start + 16])), None)
    return first if first is not None and not norm[start : start + first.start].strip("【（“") else None


def usable(anchor: Anchor, sentence: str) -> bool:
    """A date that plans something: not that of a document, a deadline of a rule, or of last year."""
    before, after = sentence[max(0, anchor.start - 6) : anchor.start], sentence[anchor.end : anchor.end + 3]
    if re.search(r"(?:去|上|每|历)年$|截[至止]|以来|自$", before) or after.startswith(
        ("以来", "召开的", "下发", "印发", "出台")
    ):
        return False
    wide = anchor.until is not None and anchor.until - (anchor.month or 0) > 1
    if wide and before.strip("-·") and before[-1] not in "，。；：、于在（到 .":
        return False
    if anchor.part == "plenary" and not PLENARY_ACT.match(sentence[anchor.end :]):
        return False
    return not (anchor.loose and (after.startswith("有") or not GOING.search(sentence[anchor.end :])))


PLENARY_ACT = re.compile(
    r"[，：、\s]*(?:组织|召开|开展|举办|听取|安排|围绕|就|开好|协商|协助|邀请|做好|对|认真|征集|收集)"
)


def groups(dates: list[Anchor], sentence: str) -> list[tuple[Anchor, ...]]:
    """Dates joined by 和 or 、 share what follows: 6月中旬和11月下旬."""
    joined: list[list[Anchor]] = []
    for date in dates:
        between = sentence[joined[-1][-1].end : date.start] if joined else None
        if between is not None and (
            re.fullmatch(r"份?[、和与及，]?(?:以及)?", between) or date.start < joined[-1][-1].end
        ):
            joined[-1].append(date)
        else:
            joined.append([date])
    return [tuple(each) for each in joined]


def of_sentence(sentence: Piece, grouped: list[tuple[Anchor, ...]]) -> list[Stretch]:
    """One stretch per group of dates, each up to the next group."""
    found: list[Stretch] = []
    for number, group in enumerate(grouped):
        last = number + 1 == len(grouped)
        following = len(sentence.text) if last else grouped[number + 1][0].start
        behind = grouped[number - 1][-1].end if number else 0
        taken = found[-1].end - sentence.start if found else 0
        start, end = extent(sentence.text, group, behind, following, taken)
        found.append(Stretch(group, sentence.start + start, sentence.start + end))
    return found


def extent(text: str, group: tuple[Anchor, ...], behind: int, following: int, taken: int) -> tuple[int, int]:
    """Where the words of these dates begin and end. `behind`: end of the dates before; `taken`: of their words."""
    start = group[-1].end
    if in_brackets(text, group[0], behind):
        close = text.find("）", start) + 1
        return taken, close if following < len(text) and close else len(text)
    if is_inside(text, group, behind, following):
        return behind, following
    if is_trailing(text, group[-1]):
        return behind, group[0].start
    return start, opening(text, start, following)


def is_inside(text: str, group: tuple[Anchor, ...], begin: int, end: int) -> bool:
    """“视察交通项目建设，5月中旬，由办公室承办”: what is done stands in front, only by whom stands behind."""
    before, after = text[begin : group[0].start], text[group[-1].end : end]
    return (
        len(before) > 6 and before[-1:] in "，、" and bool(hits(before)) and not hits(after) and bool(BY.search(after))
    )


AFTER_DATE = re.compile(r"份|前后?|左右|[\s）)。；，、】]|进行|召开|开展|举办|完成|举行")


def in_brackets(text: str, anchor: Anchor, begin: int) -> bool:
    """“视察非遗展馆（3月下旬），……”: the bracket dates what stands before it."""
    return (
        text[anchor.start - 1 : anchor.start] == "（"
        and len(text[begin : anchor.start].strip("，；、）")) > SHORTEST + 1
    )


def is_trailing(text: str, anchor: Anchor) -> bool:
    """“视察重点项目（6月）” and “……，时间为9月”: the date stands behind what it dates."""
    rest = AFTER_DATE.sub("", text[anchor.end :])
    before = text[: anchor.start]
    return len(rest) < SHORTEST and len(before.strip("（(，：-【 ")) > 3 and not OPENING_ONLY.fullmatch(before)


OPENING_ONLY = re.compile(r"[^\u4e00-\u9fff]*(?:拟|计划)?(?:于|在)?")


def opening(text: str, start: int, end: int) -> int:
    """Leaves “拟于” and the comma before the next date out of the stretch."""
    cut = text[start:end]
    return start + len(OPENING.sub("", cut)) if end < len(text) else end
