"""The list of replies: its table, its filters and who sees it."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.utils.html import format_html

from accounts.roles import Can
from core.clock import end_of, start_of
from core.filters import DayFilter, IdListFilter, contains_any
from core.listing import Table
from core.permissions import ALLOWED, Permission, denied
from core.templatetags.ui import badge, cn_date
from handling import replying
from handling.defaults import REPLY_CATEGORY
from handling.enums import ANSWERING, AssignmentRole, ReplyState
from handling.models import Reply
from organisation.models import HandlingUnit
from organisation.selectors import code_choices, grants, home_office

STANDINGS = [
    ("check", "待审核"),
    ("unhappy", "不满意待决定"),
    ("awaiting", "待评价"),
    ("back", "退回重拟"),
    ("opinion", "会办意见"),
]
TIGHT = {"td": {"class": "cell-tight"}}


def sees_list(user: Any) -> Permission:
    held = grants(user)
    if held.unit_ids or held.holds(Can.VIEW_PROPOSALS):
        return ALLOWED
    return denied("这一页供承办单位和办公室使用。")


def by_standing(rows: QuerySet, value: str) -> QuerySet:
    if value == "check":
        return rows.filter(state=ReplyState.SENT, assignment__role__in=ANSWERING)
    if value == "back":
        return rows.filter(state=ReplyState.SENT_BACK)
    if value == "opinion":
        return rows.filter(assignment__role=AssignmentRole.COOP)
    chosen = {"unhappy": replying.unhappy, "awaiting": replying.awaiting}[value]()
    return rows.filter(pk__in=chosen.values("pk"))


class ReplyFilter(django_filters.FilterSet):
    """`since` and `until` go by the day of delivery."""

    q = django_filters.CharFilter(label="案由、案号、提案人", method="search")
    standing = django_filters.ChoiceFilter(
        label="办理情况", empty_label="全部", choices=STANDINGS, method="standing_is"
    )
    category = django_filters.ChoiceFilter(label="答复类别", empty_label="全部", choices=[])
    unit = django_filters.ModelChoiceFilter(
        label="承办单位", empty_label="全部", queryset=HandlingUnit.objects.all(), field_name="assignment__unit"
    )
    since = DayFilter(label="送达从", method="from_day")
    until = DayFilter(label="送达到", method="to_day")
    offices = IdListFilter(method="within")

    class Meta:
        model = Reply
        fields: list[str] = []

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.filters["category"].extra["choices"] = code_choices(REPLY_CATEGORY, home_office(self.request.user))
        seen = self.queryset.order_by().values("assignment__unit_id")
        self.filters["unit"].field.queryset = HandlingUnit.objects.filter(pk__in=seen)

    def search(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        number = value.strip().removeprefix("第").removesuffix("号")
        if number.isdecimal() and len(number) < 6:
            return queryset.filter(assignment__proposal__case_no=int(number))
        people = "assignment__proposal__proposers__member__name"
        return contains_any(queryset, value, "assignment__proposal__subject", people)

    def standing_is(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return by_standing(queryset, value)

    def from_day(self, queryset: QuerySet, name: str, value: Any) -> QuerySet:
        return queryset.filter(passed_at__gte=start_of(value))

    def to_day(self, queryset: QuerySet, name: str, value: Any) -> QuerySet:
        return queryset.filter(passed_at__lt=end_of(value))

    def within(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(assignment__proposal__office_id__in=IdListFilter.ids(value))


class ReplyTable(Table):
    proposal = tables.Column("案由", accessor="assignment__proposal__subject", attrs={"td": {"class": "cell-title"}})
    case_no = tables.Column("案号", accessor="assignment__proposal__case_no", attrs=TIGHT)
    proposers = tables.Column("提案人", orderable=False, empty_values=())
    unit = tables.Column("承办单位", accessor="assignment__unit__name")
    kind = tables.Column("答复", empty_values=(), order_by="round", attrs=TIGHT)
    category = tables.Column("类别", empty_values=(), attrs=TIGHT)
    sent_at = tables.Column("送出", attrs=TIGHT)
    passed_at = tables.Column("送达", attrs=TIGHT)
    state = tables.Column("状态", attrs=TIGHT)

    class Meta(Table.Meta):
        model = Reply
        fields = ("proposal", "case_no", "proposers", "unit", "kind", "category", "sent_at", "passed_at", "state")
        empty_text = "没有符合条件的答复。"

    def __init__(self, *args: Any, categories: dict[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.categories = categories

    def render_proposal(self, record: Reply) -> str:
        return format_html('<a href="{}">{}</a>', record.get_absolute_url(), record.assignment.proposal)

    def value_proposal(self, record: Reply) -> str:
        return str(record.assignment.proposal)

    def render_case_no(self, record: Reply) -> str:
        return record.assignment.proposal.case_label

    def render_proposers(self, record: Reply) -> str:
        return record.assignment.proposal.short_proposers_label

    def value_proposers(self, record: Reply) -> str:
        return record.assignment.proposal.proposers_label

    def render_kind(self, record: Reply) -> str:
        return str(record)

    def render_category(self, record: Reply) -> str:
        """The letter on the screen, its words in the workbook."""
        return record.category or "—"

    def value_category(self, record: Reply) -> str:
        return self.categories.get(record.category, record.category)

    def render_sent_at(self, value: Any) -> str:
        return cn_date(value)

    def render_passed_at(self, value: Any) -> str:
        return cn_date(value)

    def render_state(self, record: Reply) -> str:
        return badge(record.state_label, record.tone)

    def value_state(self, record: Reply) -> str:
        return record.state_label
