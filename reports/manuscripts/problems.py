"""What to look at before a manuscript is submitted. Nothing here forbids: people decide, knowing it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from core.pdf.blocks import Figure, Heading
from plans import progress
from plans.selectors import in_force
from reports.documents import Composition
from reports.manuscripts import passages as kept
from reports.manuscripts import tokens
from reports.manuscripts.passages import Passage
from reports.models import Manuscript

#: What people write where something is still to come.
GAP = re.compile(r"[×xX＊*]{2,}|…{2,}|待补充|待核实|（略）|\?{2,}|？{2,}")
#: Documents that speak of targets have this figure.
TARGETS = "targets"


@dataclass(frozen=True)
class Problem:
    """`key`: the passage it is about, empty for the whole; `url`: where it can be put right, if elsewhere."""

    tone: str  # danger, warning, info
    text: str
    key: str = ""
    url: str = ""


def of(manuscript: Manuscript, fresh: Composition | None = None) -> list[Problem]:
    """The most urgent first. `fresh`: the same document composed from the records of now."""
    found = [*in_passages(manuscript), *stale(manuscript, fresh), *empty_targets(manuscript)]
    order = ("danger", "warning", "info")
    return sorted(found, key=lambda each: order.index(each.tone))


# --- in the text ----------------------------------------------------------------------------------------------------
def in_passages(manuscript: Manuscript) -> Iterator[Problem]:
    facts = kept.load_figures(manuscript.figures)
    for each in kept.load(manuscript.passages):
        if not each.hidden and each.is_worded:
            yield from in_words(each, facts)


def in_words(passage: Passage, facts: dict[str, Figure]) -> Iterator[Problem]:
    text, start = passage.current, beginning(passage)
    for key in tokens.keys(text):
        if passage.is_edited and (key not in facts or facts[key].gone):
            yield Problem("danger", f"“{start}”里有一个数字已没有对应的记录。", passage.key)
    if match := GAP.search(tokens.TOKEN.sub("", text)):
        yield Problem("danger", f"“{start}”里有没写完的地方：{match[0]}", passage.key)
    if passage.orphan:
        yield Problem("warning", f"“{start}”所依据的记录已经没有了，请决定是否保留。", passage.key)
    if passage.changed:
        yield Problem("warning", f"“{start}”修改以后，按记录生成的文字有变化，请对照。", passage.key)
    given = tokens.typed_numbers(passage.composed)
    typed = [number for number in tokens.typed_numbers(text) if number not in given]
    if passage.is_edited and typed and not isinstance(passage.block, Heading):
        yield Problem("info", f"“{start}”里手工输入的数字不会随记录更新：{'、'.join(typed[:6])}", passage.key)


def beginning(passage: Passage) -> str:
    text = tokens.TOKEN.sub(lambda match: match[1], passage.current)
    return text if len(text) <= 16 else f"{text[:15]}…"


# --- against the records ----------------------------------------------------------------------------------------------
def stale(manuscript: Manuscript, fresh: Composition | None) -> list[Problem]:
    """Figures that were other ones when the text was composed."""
    if fresh is None:
        return []
    before = kept.load_figures(manuscript.figures)
    moved = [
        f"{figure.label or figure.key}由{before[key]}变为{figure}"
        for key, figure in fresh.facts.items()
        if key in before and before[key].value != figure.value
    ]
    if not moved:
        return []
    more = f"等 {len(moved)} 个数字" if len(moved) > 3 else ""
    return [Problem("danger", f"成文以后记录有变化：{'；'.join(moved[:3])}{more}。请按最新记录重新成文。")]


def empty_targets(manuscript: Manuscript) -> list[Problem]:
    """Targets of the plan for which there is not one record."""
    if TARGETS not in manuscript.figures:
        return []
    plan = in_force(manuscript.office, manuscript.year)
    standings = progress.of_plan(plan, as_of=timezone.localdate(manuscript.as_of)) if plan else []
    return [
        Problem(
            "warning", f"目标“{each.target.text}”还没有一条记录。", url=reverse("plan_target", args=[each.target.pk])
        )
        for each in standings
        if each.countable and each.goal and not each.done
    ]
