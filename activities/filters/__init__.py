"""Filters of the activity list. They accept what `measures.list_query`, to-dos and dossiers put into an address."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet

from accounts.roles import Can
from activities import todos
from activities.defaults import AUDIENCE, LEVEL, PLACE_KIND, QUANTITY
from activities.enums import CAME, COUNTED, ActivityState, AttendanceState
from activities.figures import chosen, results_of, totals
from activities.models import ActivityQuantity, ActivityType, Attendance
from activities.models.activity import held_by
from activities.pages import lists
from activities.selectors import offices_shown
from core.clock import end_of, start_of
from core.filters import DayFilter, IdListFilter
from members.models import Member
from organisation.models import LiaisonGroup
from organisation.selectors import code_labels, grants
from plans import consultation

PLANNED = [("1", "计划内"), ("0", "计划外")]
WAITING = [("overdue", "已过时间待登记"), ("minutes", "缺活动记录"), ("evidence", "材料不全"), ("report", "上报逾期")]
MINE = [
    ("coming", "邀请我参加、还没有开始的"),
    ("unanswered", "等我答复的"),
    ("unread", "通知未读的"),
    ("open", "可以报名的"),
    ("all", "邀请过我的全部"),
]
LISTS = {"place_kind": PLACE_KIND, "audience": AUDIENCE, "level": LEVEL, "form": consultation.FORM, "result": QUANTITY}
ATTENDED = [("came", "到场"), *[(state.value, state.label) for state in AttendanceState if state != "invited"]]


class SeveralFilter(django_filters.CharFilter):
    """One choice from a list, or several separated by commas in an address."""

    def __init__(self, *, label: str, method: str) -> None:
        super().__init__(label=label, method=method, widget=forms.Select)

    def offer(self, choices: Collection[tuple[str, str]], current: str, several: str) -> None:
        known = [("", "全部"), *choices]
        if current and current not in dict(known):
            known.append((current, several.format(current.count(",") + 1)))
        self.field.widget.choices = known


class ActivityFilter(django_filters.FilterSet):
    """`sums` are the figures of everything listed, for addresses that a figure led to (counted=1)."""

    q = django_filters.CharFilter(
        label="名称、地点或责任人", method="search", widget=forms.TextInput(attrs={"type": "search"})
    )
    office = SeveralFilter(label="办公室", method="of_offices")
    type = SeveralFilter(label="类型", method="of_types")
    state = django_filters.ChoiceFilter(label="状态", choices=ActivityState.choices, empty_label="全部")
    planned = django_filters.ChoiceFilter(label="计划", choices=PLANNED, empty_label="全部", method="by_plan")
    waiting = django_filters.ChoiceFilter(label="待办", choices=WAITING, empty_label="不限", method="by_waiting")
    mine = django_filters.ChoiceFilter(label="我的活动", choices=MINE, empty_label="不限", method="by_mine")
    member = django_filters.CharFilter(label="委员", method="by_member", widget=forms.Select)
    group = django_filters.CharFilter(label="联络组", method="by_group", widget=forms.Select)
    attended = django_filters.ChoiceFilter(label="出席情况", choices=ATTENDED, empty_label="不限", method="by_attended")
    place_kind = SeveralFilter(label="场所", method="by_field")
    audience = SeveralFilter(label="对象", method="by_field")
    level = SeveralFilter(label="级别", method="by_field")
    form = SeveralFilter(label="协商形式", method="by_form")
    result = SeveralFilter(label="成果", method="by_result")
    counted = django_filters.BooleanFilter(
        label="只看计入统计的（已开展、已总结）", method="by_counted", widget=forms.CheckboxInput
    )

    @classmethod
    def get_filters(cls) -> dict[str, django_filters.Filter]:
        """`from` is a word of Python, so the dates are added here; after the type, where a clerk looks for them."""
        since, until = DayFilter(label="日期从", method="since"), DayFilter(label="到", method="until")
        ordered = {}
        for name, each in super().get_filters().items():
            ordered[name] = each
            if name == "type":
                ordered |= {"from": since, "to": until}
        return ordered

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = grants(self.request.user)
        self.offer_offices()
        types = [(each.code, each.label) for each in ActivityType.objects.filter(is_active=True)]
        self.filters["type"].offer(types, self.data.get("type", ""), "所选 {} 个类型")
        self.offer_codes()
        self.offer_member()
        self.offer_group()
        if "member" not in held.roles:
            del self.filters["mine"]
        if held.roles == {"member"}:
            del self.filters["waiting"], self.filters["planned"]

    def offer_offices(self) -> None:
        """One office needs no choice; the filter then still works for addresses that carry it."""
        offices = [(str(each.pk), each.short_name) for each in offices_shown(self.request.user)]
        if len(offices) > 1:
            self.filters["office"].offer(offices, self.data.get("office", ""), "所选 {} 个办公室")
        else:
            self.filters["office"].field.widget = forms.HiddenInput()

    def offer_codes(self) -> None:
        """What a figure was narrowed by; not there otherwise, so that the list stays easy to search."""
        for name, kind in LISTS.items():
            given = self.data.get(name, "")
            if given:
                self.filters[name].offer(list(code_labels(kind).items()), given, "所选 {} 项")
            else:
                del self.filters[name]

    def offer_member(self) -> None:
        """Not a search: only there when a dossier leads here."""
        given = self.data.get("member", "")
        member = None
        if given.isdecimal():
            member = Member.objects.visible_to(self.request.user).filter(pk=int(given[:18])).first()
        if member is None:
            del self.filters["member"], self.filters["attended"]
        else:
            self.filters["member"].field.widget.choices = [("", "不限"), (str(member.pk), member.name)]

    def offer_group(self) -> None:
        """Only there when the figure of a group leads here."""
        given = self.data.get("group", "")
        group = LiaisonGroup.objects.filter(pk=int(given[:18])).first() if given.isdecimal() else None
        if group is None:
            del self.filters["group"]
        else:
            self.filters["group"].field.widget.choices = [("", "不限"), (str(group.pk), group.name)]

    @property
    def sums(self) -> list[lists.Sum]:
        """Only for those who look into offices: a member's list is no statistic."""
        if not self.data.get("counted") or not grants(self.request.user).holds(Can.VIEW_ACTIVITIES):
            return []
        results = code_labels(QUANTITY) if "result" in self.filters else {}
        wanted = {code: results.get(code, code) for code in self.data.get("result", "").split(",") if code}
        return lists.sums(*totals(self.qs), [(label, results_of(self.qs, [code])) for code, label in wanted.items()])

    # --- how each narrows the list ---------------------------------------------------------------------------------
    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(Q(title__icontains=value) | Q(place__icontains=value) | Q(responsible__icontains=value))

    def of_offices(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Joint activities stand in the lists of all who hold them; what waits, waits where the record is kept."""
        ids = IdListFilter.ids(value)
        return rows.filter(office_id__in=ids) if self.data.get("waiting") else rows.filter(held_by(ids))

    def of_types(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(type__code__in=value.split(","))

    def since(self, rows: QuerySet, name: str, value: Any) -> QuerySet:
        return rows.filter(starts_at__gte=start_of(value))

    def until(self, rows: QuerySet, name: str, value: Any) -> QuerySet:
        return rows.filter(starts_at__lt=end_of(value))

    def by_plan(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(item_lineage__isnull=value == "0")

    def by_waiting(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(todos.WAITING[value]())

    def by_mine(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        mine = Attendance.objects.filter(member__user_id=self.request.user.pk)
        if value == "open":
            return rows.filter(todos.open_to_sign_up()).exclude(pk__in=mine.values("activity_id"))
        if value in todos.OWN:
            mine = mine.filter(todos.OWN[value]())
        rows = rows.filter(pk__in=mine.values("activity_id"))
        return rows if value == "all" else rows.filter(pk__in=todos.upcoming().values("pk"))

    def by_member(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(pk__in=self.attendances(value).values("activity_id"))

    def by_group(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        came = Attendance.objects.filter(member__group_id=int(value) if value.isdecimal() else None, state__in=CAME)
        return rows.filter(pk__in=came.values("activity_id"))

    def by_attended(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        states = CAME if value == "came" else [value]
        given = self.attendances(self.data.get("member", "")).filter(state__in=states)
        return rows.filter(pk__in=given.values("activity_id"))

    def attendances(self, member: str) -> QuerySet[Attendance]:
        return Attendance.objects.expected().filter(member_id=int(member) if member.isdecimal() else None)

    def by_field(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(**{f"{name}__in": value.split(",")})

    def by_form(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(chosen({"form": value}, plain_records=True))

    def by_result(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        with_result = ActivityQuantity.objects.filter(kind__in=value.split(","))
        return rows.filter(pk__in=with_result.values("activity_id"))

    def by_counted(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        """What figures are made of: plain records only where their type or a result is asked for."""
        if not value:
            return rows
        found = rows.filter(state__in=COUNTED)
        return found if self.data.get("type") or self.data.get("result") else found.filter(type__is_record=False)
