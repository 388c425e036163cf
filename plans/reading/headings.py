"""What is a heading: numbered lines with a short first sentence, and short titles without a number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from plans.reading import noise
from plans.reading.dates import anchors
from plans.reading.labels import BARE_LABELS, INNER, LABEL, field_in
from plans.reading.lines import Paragraph
from plans.reading.marks import (
    LONGEST_HEADING,
    MONTH_START,
    NESTED,
    PERIOD_ALONE,
    QUARTER_START,
    Mark,
    bullet,
    mark,
)

LONGEST_BARE = 20
LONGEST_CLAUSE, SHORTEST_CLAUSE = 40, 4
#: The rank of titles without numbers where no 一、 and no （一） stand, and where some do.
BARE, BARE_BELOW = 0.5, 2
FIRST_SENTENCE = {0: 60, 1: 60, 2: 50, 3: 36, 4: 30, 5: 30, 6: 36}
QUANTITY = re.compile(r"[\d一二两三四五六七八九十百_×]+(?:次|件|篇|条|份|期|人次|户|名|场|小时|学时|万元|%)")
FORM_COUNT = re.compile(r"（?共?[\d一二两三四五六七八九十]+[项个场次件]）?$")


@dataclass(frozen=True)
class Cut:
    """A heading inside its paragraph: where the title begins and ends, and where the body begins."""

    rank: float
    start: int
    end: int
    rest: int


def cuts(found: Sequence[Paragraph]) -> list[Cut | None]:
    """For every paragraph its heading, or None. Items of one list are headings together or not at all."""
    marks = [mark(paragraph.norm) for paragraph in found]
    following = [*found[1:], None][: len(found)]
    natural = [
        natural_cut(paragraph, number, after) for paragraph, number, after in zip(found, marks, following, strict=True)
    ]
    top = lowest_rank(natural)
    for group in groups(marks, natural):
        agree(found, marks, natural, group, alone=marks[group[0]].rank <= top)
    return natural


def natural_cut(paragraph: Paragraph, number: Mark | None, after: Paragraph | None) -> Cut | None:
    cut = split_heading(paragraph, number, after) if number else bare_heading(paragraph, after)
    return Cut(number.rank if number else BARE, *cut) if cut else None


def lowest_rank(found: Sequence[Cut | None]) -> float:
    """The rank of the highest headings of a plan: they are its first level."""
    ranks = [cut.rank for cut in found if cut and cut.rank != BARE]
    if any(cut and cut.rank == BARE for cut in found) and min(ranks, default=NESTED) > BARE_BELOW:
        return BARE
    return min(ranks, default=NESTED)


def groups(marks: Sequence[Mark | None], natural: Sequence[Cut | None]) -> list[list[int]]:
    """Numbered paragraphs of one rank with no higher heading between them, lists of 1. and （1） only."""
    found: list[list[int]] = []
    open_groups: dict[int, list[int]] = {}
    for place, (number, cut) in enumerate(zip(marks, natural, strict=True)):
        rank = number.rank if number else BARE_BELOW if cut else None
        if rank is None:
            continue
        if number and rank in LISTS:
            if rank not in open_groups:
                open_groups[rank] = []
                found.append(open_groups[rank])
            open_groups[rank].append(place)
        if cut:
            open_groups = {other: group for other, group in open_groups.items() if other <= rank}
    return found


LISTS = (2, 3, 4)


def agree(found: Sequence[Paragraph], marks: Sequence[Mark | None], natural: list[Cut | None], group: list[int], *,
          alone: bool) -> None:  # fmt: skip
    """Where a third of a list (half of one that stands alone) are headings, the first clause of the others is one."""
    headings = sum(1 for place in group if natural[place])
    if not headings or headings == len(group):
        return
    if headings * (2 if alone else 3) < len(group):
        if alone:
            for place in group:
                natural[place] = None
        return
    for place in group:
        natural[place] = natural[place] or first_clause(found[place], marks[place])


CLAUSE_END = re.compile(r"[，。：；]")


def inside_quotes(text: str) -> bool:
    return text.count("“") > text.count("”") or text.count("（") > text.count("）")


def first_clause(paragraph: Paragraph, number: Mark) -> Cut | None:
    """The first clause of a list item as its title; none when it is dated, labelled, a row or too long."""
    norm, start = paragraph.norm, number.length
    ends = CLAUSE_END.finditer(norm, start + SHORTEST_CLAUSE)
    stop = next((end.start() for end in ends if not inside_quotes(norm[start : end.start()])), len(norm))
    if "\t" in norm or stop - start > LONGEST_CLAUSE or LABEL.match(norm, start) or INNER.search(norm, start):
        return None
    if is_dated(norm[start:stop]) or DATE_BEHIND.fullmatch(norm, stop + 1) or norm[-1] == "；":
        return None
    return Cut(number.rank, start, stop, min(stop + 1, len(norm)))


#: More numbers of the same list in the same paragraph, by rank.
INLINE = {
    1: re.compile(r"[。；][二三四五]、"),
    2: re.compile(r"[。；]（[二三四五]）"),
    3: re.compile(r"[。；]\d{1,2}(?:[、．]|\.(?!\d))"),
    4: re.compile(r"[。；]（?[2-9]）"),
    5: re.compile(r"[。；][②-⑳]"),
}


def goes_on(norm: str, start: int, rank: int) -> bool:
    return rank in INLINE and bool(INLINE[rank].search(norm, start))


def split_heading(paragraph: Paragraph, number: Mark, after: Paragraph | None) -> tuple[int, int, int] | None:
    """(begin of the title, its end, begin of the body), or None when the numbered paragraph is no heading."""
    norm, start = paragraph.norm, number.length
    if (
        is_entry(norm, start, number.rank, after)
        or starts_with_month(norm, start)
        or "\t" in norm
        or goes_on(norm, start, number.rank)
    ):
        return None
    if number.rank == NESTED:
        return nested_heading(norm, start)
    stop = end_of_title(norm, start, number.rank)
    if stop is None:
        return None
    rest = stop + 1 if stop < len(norm) else stop
    if DATE_BEHIND.fullmatch(norm, rest):
        return None
    if (
        rest >= len(norm)
        and number.rank > 1
        and (is_dated(norm[start:]) or (norm[-1] == "。" and anchors(norm[start:])))
    ):
        return None
    if rest >= len(norm) and number.rank > 1 and not whole_line(norm, start, number, after):
        return None
    return start, stop, rest


#: “1. 召开议事会。（5月）”: the bracket dates a thing planned.
DATE_BEHIND = re.compile(r"（[^（）]{0,12}(?:月|季度|旬|期间|年)[^（）]{0,8}）[。；]?")


#: A month alone, or 春季（3—5月）, 实施阶段（3—10月）.
PERIOD_HEAD = re.compile(rf"{PERIOD_ALONE.pattern}|^[\u4e00-\u9fff]{{1,6}}(?:季|阶段)（[^（）]{{2,10}}月）$")


def is_dated(title: str) -> bool:
    """A whole line with a date is something planned, unless it is a month alone."""
    return any(not each.loose for each in anchors(title)) and not PERIOD_HEAD.match(title.rstrip("：。"))


def starts_with_month(norm: str, start: int) -> bool:
    """A numbered month with its work behind it is a line of a calendar; a month alone is a heading."""
    return bool(MONTH_START.match(norm, start) or QUARTER_START.match(norm, start)) and not PERIOD_ALONE.match(
        norm[start:].rstrip("：。")
    )


def end_of_title(norm: str, start: int, rank: int) -> int | None:
    """Where the first sentence ends if it is short enough for a title."""
    match = re.compile(r"[。：！？；]").search(norm, start)
    stop = match.start() if match else len(norm)
    if match and match.group() == "；":
        return None
    longest = LONGEST_HEADING[rank] if stop >= len(norm) - 1 else FIRST_SENTENCE[rank]
    return stop if 0 < stop - start <= longest else None


def whole_line(norm: str, start: int, number: Mark, after: Paragraph | None) -> bool:
    """A line that is all title: what follows has to be its body, and it is no list item with a figure."""
    below = after is not None and is_below(after, number)
    if FORM_COUNT.search(norm):
        return True
    if QUANTITY.search(norm, start):
        return below and norm[-1] not in "。；"
    return below or (number.rank == 2 and norm[-1] not in "。；")


def is_below(after: Paragraph, number: Mark) -> bool:
    """Whether the next paragraph can be the text of a heading: no number, or a deeper one."""
    following = mark(after.norm)
    if MONTH_START.match(after.norm) or QUARTER_START.match(after.norm):
        return False
    if following is None:
        return not noise.is_signature(after.norm)
    return following.rank > number.rank


#: Fields whose labels head a chapter as well: 工作要求：……
TITLES = frozenset({"content", "note", "place", "leader", "goal"})


def is_entry(norm: str, start: int, rank: int, after: Paragraph | None) -> bool:
    """The topic of a consultation: labelled lines follow. A form of consultation with its number stays a heading."""
    label = LABEL.match(norm, start)
    if label and (label.end() == len(norm) or (rank <= 1 and field_in(label) in TITLES)):
        return False
    if label or INNER.search(norm, start):
        return True
    if after is None or FORM_COUNT.search(norm):
        return False
    return bool(LABEL.match(after.norm, label_start(after.norm))) or after.norm in BARE_LABELS


def label_start(norm: str) -> int:
    """Where a label would begin: behind a bullet and a number."""
    found = mark(norm)
    return found.length if found else bullet(norm)


def nested_heading(norm: str, start: int) -> tuple[int, int, int] | None:
    """“一是加强学习。…” at the beginning of a paragraph, when the others have paragraphs of their own."""
    stop = norm.find("。", start)
    if not 0 < stop - start <= FIRST_SENTENCE[NESTED] or stop >= len(norm) - 1:
        return None
    if re.search(r"[。；，：](?:二是|二要|第二|其次)", norm) or QUANTITY.search(norm[start:stop]):
        return None
    return start, stop, stop + 1


#: “■ 工作目标” above points with another bullet.
BULLET_TITLE = re.compile(r"(?P<sign>[◆■▪▶➢★☆◇□*])(?P<title>[\u4e00-\u9fff“”、]{2,12})")


def bare_heading(paragraph: Paragraph, after: Paragraph | None) -> tuple[int, int, int] | None:
    """A short line without a number and without punctuation above a longer one."""
    norm = paragraph.norm.rstrip("：")
    if after is not None and (marked := BULLET_TITLE.fullmatch(norm)) and marked["sign"] != after.norm[0]:
        return marked.start("title"), len(norm), len(paragraph.norm)
    if (
        not 2 <= len(norm) <= LONGEST_BARE
        or after is None
        or not re.fullmatch(r"[\u4e00-\u9fff“”、]+(?:（.{1,8}）)?", norm)
    ):
        return None
    if (
        norm in BARE_LABELS
        or MONTH_START.match(norm)
        or LABEL.match(norm)
        or norm[-1] in "下人"
        or bullet(paragraph.norm)
    ):
        return None
    if paragraph.norm.endswith("：") and len(norm) > 8:
        return None
    longer = len(after.norm) > len(norm) or mark(after.norm)
    known = noise.COMMON_TITLES.search(norm)
    if not longer or (not known and not starts_text(after)):
        return None
    return 0, len(norm), len(paragraph.norm)


def starts_text(after: Paragraph) -> bool:
    """A whole paragraph or a numbered list, not one more short line."""
    return len(after.norm) > 1.5 * LONGEST_BARE or bool(mark(after.norm)) or bool(MONTH_START.match(after.norm))
