"""The year's consultations: items of a plan that have a form (全体会议协商, 专题协商 …), listed by form.

Both lists are kept by the office: `FORM` says which forms there are and in which order, `CONTENT` under the same code
how the content is called in that form (a democratic appraisal names whom it appraises, not what is talked about).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from organisation.models import Office
from organisation.selectors import code_choices, code_labels
from plans import kinds
from plans.models import ScheduledItem
from plans.schedule import Standing

FORM, CONTENT = "consultation_form", "consultation_content"
DEFAULT_CONTENT = "协商内容"
FORMS: tuple[tuple[str, str], ...] = (
    ("plenary", "全体会议协商"),
    ("standing", "常委会议协商"),
    ("chair", "主席会议协商"),
    ("thematic", "专题协商"),
    ("bimonthly", "双月协商座谈会"),
    ("sector", "界别协商"),
    ("counterpart", "对口协商"),
    ("proposal", "提案办理协商"),
    ("online", "网络议政、远程协商"),
    ("appraisal", "民主评议"),
    ("supervision", "专项监督视察"),
    ("research", "重点调研"),
)
CONTENTS: tuple[tuple[str, str], ...] = (
    ("plenary", "协商内容"),
    ("standing", "协商议题"),
    ("chair", "协商议题"),
    ("thematic", "协商内容"),
    ("bimonthly", "协商议题"),
    ("sector", "协商内容"),
    ("counterpart", "协商内容"),
    ("proposal", "协商提案"),
    ("online", "协商议题"),
    ("appraisal", "评议对象"),
    ("supervision", "监督重点"),
    ("research", "调研重点"),
)


@dataclass(frozen=True)
class FormGroup:
    """The items of one form, in the order of the year; their number is what “（4项）” says."""

    code: str
    label: str
    content_label: str
    standings: list[Standing] = field(default_factory=list)

    @property
    def title(self) -> str:
        return f"{self.label}（{len(self.standings)}项）"


def choices(office: Office | None = None) -> list[tuple[str, str]]:
    """(code, label) of the forms on offer, in the office's order."""
    return code_choices(FORM, office)


def labels() -> dict[str, str]:
    """code → label, old entries included."""
    return code_labels(FORM)


def content_labels() -> dict[str, str]:
    """code of the form → what its content is called."""
    return code_labels(CONTENT)


def types() -> Callable[[ScheduledItem], str]:
    """What kind of item it is in words: its form of consultation, else its type. Both lists are read once."""
    forms, known = labels(), kinds.labels()
    return lambda item: forms.get(item.form, item.form) or known.get(item.kind, item.kind)


def by_form(standings: Iterable[Standing]) -> list[FormGroup]:
    """The consultations among these items, grouped; forms in the order of the list. Two queries."""
    standings = [each for each in standings if each.item.form]
    if not standings:
        return []
    names, contents = labels(), content_labels()
    groups: dict[str, FormGroup] = {}
    order = list(names)
    for each in sorted(standings, key=lambda s: order.index(s.item.form) if s.item.form in names else len(order)):
        code = each.item.form
        group = groups.setdefault(code, FormGroup(code, names.get(code, code), contents.get(code, DEFAULT_CONTENT)))
        group.standings.append(each)
    return list(groups.values())
