"""The lists of key proposals, look-back rounds and elections as tables, with their filters."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Q, QuerySet

from core.clock import end_of, start_of, today
from core.filters import DayFilter, IdListFilter, contains_any
from core.listing import Table
from core.templatetags.ui import badge, cn_date
from organisation.selectors import code_choices, home_office
from proposals.enums import ProposalKind
from supervision.defaults import LOOK_BACK_FINDING
from supervision.enums import SUPERVISED, ElectionKind, KeyState
from supervision.models import Election, KeyCase, LookBackCase, LookBackRound

TIGHT = {"td": {"class": "cell-tight"}}
NUMBER = {"td": {"class": "cell-num"}, "th": {"class": "cell-num"}}
TITLE = {"td": {"class": "cell-title"}}


def years() -> list[tuple[str, str]]:
    return [(str(year), f"{year}年") for year in range(today().year + 1, today().year - 6, -1)]


class StateColumns(Table):
    """Tables whose rows have a state."""

    def render_state(self, record: Any) -> str:
        return badge(record.state_label, record.tone)

    def value_state(self, record: Any) -> str:
        return record.state_label


class KeyCaseTable(StateColumns):
    topic = tables.Column("督办主题（案由）", linkify=True, attrs=TITLE, empty_values=())
    case_no = tables.Column("案号", accessor="proposal__case_no", attrs=TIGHT)
    year = tables.Column("年度", attrs=TIGHT)
    leader_name = tables.Column("督办领导")
    proposers = tables.Column("提案人", orderable=False, empty_values=())
    n_records = tables.Column("督办记录", attrs=NUMBER)
    n_late = tables.Column("超期任务", attrs=NUMBER)
    state = tables.Column("状态", attrs=TIGHT)

    class Meta(Table.Meta):
        model = KeyCase
        fields = ("case_no", "topic", "year", "leader_name", "proposers", "n_records", "n_late", "state")
        order_by = ("-year", "case_no")
        empty_text = "没有符合条件的重点提案。在提案页面可以把立案的提案列为备选。"

    def render_topic(self, record: KeyCase) -> str:
        return str(record)

    def render_case_no(self, record: KeyCase) -> str:
        return record.proposal.case_label

    def render_proposers(self, record: KeyCase) -> str:
        return record.proposal.short_proposers_label

    def render_year(self, value: int) -> str:
        return f"{value}年"


class KeyCaseFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="主题、案由、督办领导", method="search")
    year = django_filters.ChoiceFilter(label="年度", empty_label="全部", choices=[])
    state = django_filters.ChoiceFilter(
        label="状态",
        empty_label="全部",
        choices=[*KeyState.choices, ("supervised", "督办中和督办完成")],
        method="stands",
    )
    since = DayFilter(label="确定日期从", method="from_day")
    until = DayFilter(label="确定日期到", method="to_day")
    offices = IdListFilter(method="within")

    class Meta:
        model = KeyCase
        fields: list[str] = []

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.filters["year"].extra["choices"] = years()

    def search(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return contains_any(queryset, value, "topic", "proposal__subject", "leader_name")

    def stands(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(state__in=sorted(SUPERVISED) if value == "supervised" else [value])

    def from_day(self, queryset: QuerySet, name: str, value: date) -> QuerySet:
        return queryset.filter(confirmed_at__gte=start_of(value))

    def to_day(self, queryset: QuerySet, name: str, value: date) -> QuerySet:
        return queryset.filter(confirmed_at__lt=end_of(value))

    def within(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        ids = IdListFilter.ids(value)
        return queryset.filter(Q(office_id__in=ids) | Q(proposal__home_office_id__in=ids))


class RoundTable(StateColumns):
    title = tables.Column("名称", linkify=True, attrs=TITLE)
    year = tables.Column("年度", attrs=TIGHT)
    n_cases = tables.Column("提案", attrs=NUMBER)
    n_found = tables.Column("已回看", attrs=NUMBER)
    state = tables.Column("状态", attrs=TIGHT)

    class Meta(Table.Meta):
        model = LookBackRound
        fields = ("title", "year", "n_cases", "n_found", "state")
        order_by = ("-year",)
        empty_text = "还没有组织过回头看。"

    def render_year(self, value: int) -> str:
        return f"{value}年"


class LookBackCaseTable(Table):
    """What was found, the latest first. Exported as it is shown."""

    proposal = tables.Column("案由", linkify=True, attrs=TITLE, accessor="proposal", orderable=False)
    proposers = tables.Column("提案人", orderable=False, empty_values=())
    round = tables.Column("回头看", linkify=True, orderable=False)
    finding = tables.Column("情况")
    day = tables.Column("回看日期", attrs=TIGHT)

    class Meta(Table.Meta):
        model = LookBackCase
        fields = ("proposal", "proposers", "round", "finding", "day")
        order_by = ("-day",)
        empty_text = "没有符合条件的回看记录。"

    def __init__(self, *args: Any, findings: dict[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.findings = findings

    def render_proposal(self, value: Any) -> str:
        return f"{value.case_label} {value}"

    def render_proposers(self, record: LookBackCase) -> str:
        return record.proposal.short_proposers_label

    def render_finding(self, value: str) -> str:
        return self.findings.get(value, value)

    def render_day(self, value: date) -> str:
        return cn_date(value)


class LookBackCaseFilter(django_filters.FilterSet):
    """Accepts what the measure's `list_query` produces."""

    kind = django_filters.ChoiceFilter(
        label="类别", empty_label="全部", choices=ProposalKind.choices, field_name="proposal__kind"
    )
    collective_kind = django_filters.ChoiceFilter(
        label="集体类型", empty_label="全部", choices=[], field_name="proposal__collective_kind"
    )
    finding = django_filters.ChoiceFilter(label="情况", empty_label="全部", choices=[])
    since = DayFilter(label="日期从", field_name="day", lookup_expr="gte")
    until = DayFilter(label="日期到", field_name="day", lookup_expr="lte")
    offices = IdListFilter(method="within")

    class Meta:
        model = LookBackCase
        fields: list[str] = []

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        home = home_office(self.request.user)
        self.filters["collective_kind"].extra["choices"] = code_choices("collective_kind", home)
        self.filters["finding"].extra["choices"] = code_choices(LOOK_BACK_FINDING, home)

    def within(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(round__office_id__in=IdListFilter.ids(value))


class ElectionTable(StateColumns):
    title = tables.Column("名称", linkify=True, attrs=TITLE)
    kind = tables.Column("评选", attrs=TIGHT)
    year = tables.Column("年度", attrs=TIGHT)
    n_nominated = tables.Column("推荐", attrs=NUMBER)
    state = tables.Column("步骤", attrs=TIGHT)

    class Meta(Table.Meta):
        model = Election
        fields = ("title", "kind", "year", "n_nominated", "state")
        order_by = ("-year",)
        empty_text = "还没有组织过评优。"

    def render_year(self, value: int) -> str:
        return f"{value}年"


class ElectionFilter(django_filters.FilterSet):
    year = django_filters.ChoiceFilter(label="年度", empty_label="全部", choices=[])
    kind = django_filters.ChoiceFilter(label="评选", empty_label="全部", choices=ElectionKind.choices)

    class Meta:
        model = Election
        fields: list[str] = []

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.filters["year"].extra["choices"] = years()
