"""What the reader hands over: sections, targets and scheduled items, each with the place it was read from."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from plans.enums import Metric, Operator, PartOfMonth, Period, Scope

#: How far the rest of a sentence is shown around a passage.
WHOLE_SENTENCE = 120
ENDS = re.compile(r"[。！？\n]")


@dataclass(frozen=True)
class Span:
    """Characters of the source text, the end not included."""

    start: int
    end: int


@dataclass
class Section:
    """`spans` cover its heading and every paragraph of its body; the body is their text, line breaks mended."""

    title: str
    level: int
    body: str = ""
    spans: list[Span] = field(default_factory=list)


@dataclass
class TargetReading:
    """`unsure` is a sentence for the clerk, empty when the reader is sure. `part` numbers the plan in a collection."""

    text: str
    measure: str
    filters: dict[str, str]
    metric: str = Metric.RECORDS
    operator: str = Operator.EXACTLY
    amount: Decimal | None = None
    amount_max: Decimal | None = None
    period: str = Period.YEAR
    scope: str = Scope.OFFICE
    alternatives: list[dict[str, Any]] = field(default_factory=list)
    span: Span = Span(0, 0)
    unsure: str = ""


@dataclass
class ItemReading:
    """`kind` is an activity type's code; `form` and `form_name` are filled in plans of consultation.

    Of a span of months `part_of_month` belongs to the last one, as in the plan; `begins` to the first.
    """

    title: str
    month: int | None = None
    part_of_month: str = PartOfMonth.WHOLE
    until_month: int | None = None
    begins: str = PartOfMonth.WHOLE
    kind: str = "other"
    form: str = ""
    form_name: str = ""
    content: str = ""
    participants: str = ""
    organisers: list[str] = field(default_factory=list)
    span: Span = Span(0, 0)
    unsure: str = ""


@dataclass
class Reading:
    """Everything found in one text. `left_over` are the passages no section took, `notes` remarks on what was found.

    `parts` are the headings of the single plans when the text is a collection of several.
    """

    source: str
    title: str = ""
    sections: list[Section] = field(default_factory=list)
    targets: list[TargetReading] = field(default_factory=list)
    items: list[ItemReading] = field(default_factory=list)
    left_over: list[Span] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    parts: list[tuple[str, Span]] = field(default_factory=list)
    title_span: Span | None = None

    def passage(self, span: Span) -> str:
        """The source text as it stands there."""
        return self.source[span.start : span.end].strip()

    def around(self, span: Span) -> tuple[str, str, str]:
        """The passage with the rest of its sentence before and behind it."""
        passage = self.source[span.start : span.end]
        if len(passage) > WHOLE_SENTENCE:
            return "", passage.strip(), ""
        before = ENDS.split(self.source[max(0, span.start - WHOLE_SENTENCE) : span.start])[-1]
        after = ENDS.split(self.source[span.end : span.end + WHOLE_SENTENCE])[0]
        if passage.rstrip().endswith(("。", "；", "\n")):
            after = ""
        return before.lstrip(), passage, after.rstrip()

    def left_over_texts(self) -> list[str]:
        return [text for span in self.left_over if (text := self.passage(span))]

    def as_json(self) -> dict[str, Any]:
        """The four lists of `plan_from_text --json`; amounts as numbers."""
        return {
            "sections": [{"title": s.title, "level": s.level, "body": s.body} for s in self.sections],
            "targets": [target_json(target) for target in self.targets],
            "items": [item_json(item) for item in self.items],
            "left_over": self.left_over_texts(),
        }


def target_json(target: TargetReading) -> dict[str, Any]:
    names = ("text", "measure", "filters", "metric", "operator", "amount", "amount_max", "period", "scope")
    values = asdict(target)
    found = {name: plain(values[name]) for name in names}
    return found | ({"alternatives": target.alternatives} if target.alternatives else {})


def item_json(item: ItemReading) -> dict[str, Any]:
    return {
        "title": item.title,
        "form": item.form_name or item.kind,
        "month": item.month,
        "part_of_month": str(item.begins if item.until_month else item.part_of_month),
        "content": item.content,
        "participants": item.participants,
        "organisers": list(item.organisers),
    }


def plain(value: Any) -> Any:
    """Values as JSON has them: 2 instead of Decimal("2.00"), codes as plain strings."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value) if isinstance(value, str) else value
