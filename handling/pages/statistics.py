"""The statistics page: period and office chosen in the address, figures of `handling.overview`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from accounts.roles import Can
from core import charts
from core.breakdown import Share
from core.charts import Series
from core.clock import today
from core.pages import Link, Page
from handling import overview
from handling.answering import QUESTIONS
from handling.enums import Satisfaction
from handling.overview import Line, Overview
from organisation.models import Office, Session
from organisation.selectors import current_session, descend, home_office, line_up, offices_for

#: 不满意 is no green.
ANSWER_COLOURS = ("#2f7d4f", "#1c4f8f", "#8f1d1d")
OLDEST = 2000


class PeriodForm(forms.Form):
    """Which office, and which session or calendar year; anything strange falls back to what is usual."""

    office = forms.ModelChoiceField(label="办公室", queryset=Office.objects.none(), empty_label=None, required=False)
    period = forms.ChoiceField(label="届次或年度", required=False)

    def __init__(self, data: QueryDict, *, user: Any) -> None:
        super().__init__(data)
        self.home = home_office(user)
        self.fields["office"].queryset = offices_for(user, Can.VIEW_PROPOSALS)
        self.fields["office"].label_from_instance = lambda office: office.short_name
        self.sessions = {f"s{each.pk}": each for each in self.known_sessions()}
        year = today().year
        years = [(f"y{each}", f"{each}年（按提交时间）") for each in range(year, year - 6, -1)]
        self.fields["period"].choices = [(key, each.name) for key, each in self.sessions.items()] + years

    def known_sessions(self) -> list[Session]:
        lines = line_up(self.home) if self.home else []
        return list(Session.objects.filter(term__office_id__in=lines).select_related("term").order_by("-starts"))

    @property
    def office_chosen(self) -> Office | None:
        found = self.cleaned_data.get("office") if self.is_valid() else None
        offices = self.fields["office"].queryset
        return found or offices.filter(pk=getattr(self.home, "pk", None)).first() or offices.first()

    @property
    def period_chosen(self) -> str:
        found = self.cleaned_data.get("period") if self.is_valid() else ""
        if found:
            return found
        session = current_session(self.home) if self.home else None
        return f"s{session.pk}" if session else f"y{today().year}"

    def chosen(self) -> tuple[Office | None, Overview]:
        office, period = self.office_chosen, self.period_chosen
        ids = frozenset(descend(office.pk)) if office else frozenset()
        if period in self.sessions:
            return office, overview.of_session(ids, self.sessions[period])
        return office, overview.of_year(ids, int(period[1:]) if period[1:].isdecimal() else today().year)


@dataclass(frozen=True)
class Part:
    """A table of lines; `note` stands under it."""

    title: str
    lines: list[Line]
    note: str = ""


def context(form: PeriodForm, office: Office | None, of: Overview) -> dict[str, Any]:
    name = office.short_name if office else ""
    return {
        "page": Page("提案统计", lead=f"{name}及下级 · {overview.span_words(of.scope)}", actions=[Link(
            "查看提案", of.scope.url(), icon="list-ul")]),
        "period": {"form": form, "office": office.pk if office else "", "period": form.period_chosen},
        "headline": of.headline,
        "parts": [
            Part("征集和审查", of.collected_lines),
            Part("交办和答复", of.handled_lines),
            Part("承诺事项", of.promise_lines),
        ],
        "breakdowns": breakdowns(of),
        "categories": of.category_lines,
        "answers": [(label, of.answer_lines(question)) for question, label in QUESTIONS.items()],
        "figures": drawn(of),
        "definitions": of.definitions,
    }  # fmt: skip


def breakdowns(of: Overview) -> list[tuple[str, str, list[tuple[Share, str]]]]:
    """(title, heading of the first column, lines with their address)."""
    found = [
        ("按分类", "分类", "category", of.decided.by_category),
        ("按提案者", "类别", "kind", of.decided.by_kind),
        ("集体提案", "集体类型", "collective", of.decided.by_collective),
        ("不予立案的理由", "理由", "reason", of.decided.by_reason),
    ]
    return [
        (title, head, [(share, of.share_url(figure, share)) for share in shares])
        for title, head, figure, shares in found if shares
    ]  # fmt: skip


def drawn(of: Overview) -> list[tuple[Any, Any]]:
    """Each chart for wide screens and for phones; without figures none."""
    made = []
    shares = of.decided.by_category
    if shares:
        series = [Series("已立案", [each.done for each in shares]),
                  Series("未立案", [each.total - each.done for each in shares])]  # fmt: skip
        made.append(both("分类立案情况", [each.label for each in shares], series, "件"))
    pairs = [line for line, _ in of.category_lines]
    if any(line.value for line in pairs):
        values = [Series("件数", [line.value or 0 for line in pairs])]
        made.append(both("答复类别", [line.label for line in pairs], values, "件"))
    if any(of.handled.total.answers.values()):
        tally = of.handled.total.answers
        said = [answer for answer in Satisfaction if answer != Satisfaction.NO_OPINION]
        series = [Series(answer.label, [tally[question, answer] for question in QUESTIONS]) for answer in said]
        made.append(both("提案者评价（已表态）", list(QUESTIONS.values()), series, "份", ANSWER_COLOURS))
    return made


def both(title: str, labels: list[str], series: list[Series], unit: str,
         colours: Any = charts.COLOURS) -> tuple[Any, Any]:  # fmt: skip
    wide, narrow = (charts.bars(title, labels, series, unit=unit, width=width, colours=colours) for width in (860, 340))
    return wide, narrow
