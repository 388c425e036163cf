"""What all passages need: whose records of which days, the page behind a figure, and runs of text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from core.clock import Span
from core.pdf.blocks import Block, Paragraph, Run
from plans.enums import Metric
from plans.measures import Window, measures


@dataclass(frozen=True)
class Scope:
    """Whose records, of which days."""

    office_ids: frozenset[int]
    span: Span
    #: How a sentence begins: 全年, or 今年以来 as long as the year is not over.
    lead: str = "全年"
    #: Records go up to this day; what comes later is not drawn as nothing.
    today: date = date.max

    def url(self, measure: str, metric: str = Metric.RECORDS, span: Span | None = None, **filters: str) -> str:
        """The list of exactly the records of a measure."""
        window = Window(self.office_ids, span or self.span, tuple(sorted(filters.items())))
        return measures.get(measure).url(window, metric)


@dataclass(frozen=True)
class Part:
    """Something the records say that has a place of its own: under `title`, or in the section of the plan that is
    about the same `topic`. `short`: a sentence among others rather than a chapter.
    """

    topic: str
    title: str
    blocks: Sequence[Block] = field(default_factory=list)
    short: bool = False


def plain(value: Decimal | int | float) -> int | float:
    """12.00 → 12, 2.50 → 2.5."""
    return int(value) if value == int(value) else float(value)


def joined(parts: Iterable[Sequence[Run]], between: str = "、") -> list[Run]:
    """Runs of runs with a mark between them."""
    found: list[Run] = []
    for part in parts:
        found += [between, *part] if found else part
    return found


def sentence(key: str, runs: Sequence[Run]) -> list[Block]:
    """A paragraph that knows which passage it is; nothing for no words."""
    return [Paragraph(list(runs), key=key)] if runs else []


def share(part: int, whole: int) -> int:
    """Whole per cent, rounded down, so that 100 means all."""
    return part * 100 // whole if whole else 0


def day(moment: datetime | date) -> str:
    """3月12日, in the portal's time zone."""
    local = timezone.localtime(moment) if isinstance(moment, datetime) else moment
    return f"{local.month}月{local.day}日"


def first_sentence(text: str, most: int = 60) -> str:
    """The beginning of what somebody wrote, whole and without its full stop; empty when it is too long to be told."""
    line = next((each.strip() for each in text.splitlines() if each.strip()), "")
    found = line.partition("。")[0].rstrip("；，;,. ")
    return found if len(found) <= most else ""
