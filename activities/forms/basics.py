"""The basic data of an activity. Rules live in services; here only what was typed is read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.db.models import Q, QuerySet

from activities.defaults import AUDIENCE, LEVEL, PLACE_KIND
from activities.enums import Joining
from activities.models import Activity, ActivityType
from activities.selectors import items_in_force
from activities.services import ARRANGED, BASICS
from core.clock import today
from core.prose import ProseField
from organisation.models import LiaisonGroup, Office
from organisation.selectors import offered
from plans.models import ScheduledItem

MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

#: Field of an activity → the code list it is chosen from.
CODED = {"place_kind": PLACE_KIND, "audience": AUDIENCE, "level": LEVEL}
MOMENT_FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]


def moment_field(label: str, **options: Any) -> forms.DateTimeField:
    wrong = {"invalid": f"请填写{label}的日期和钟点，例如 2026-05-08 09:00。", "required": f"请填写{label}。"}
    return forms.DateTimeField(
        label=label, widget=MOMENT, input_formats=MOMENT_FORMATS, error_messages=wrong, **options
    )


class ActivityForm(forms.Form):
    """Basic data. `offices` are those the user may enter activities for; one of them is not asked about."""

    office = forms.ModelChoiceField(label="办公室", queryset=Office.objects.none(), empty_label=None)
    item = forms.ChoiceField(label="对应的计划项", required=False)
    type = forms.ModelChoiceField(
        label="类型", queryset=ActivityType.objects.filter(is_active=True), empty_label="请选择"
    )
    title = forms.CharField(label="名称", max_length=120)
    starts_at = moment_field("开始时间")
    ends_at = moment_field("结束时间", required=False)
    place = forms.CharField(label="地点", max_length=120, required=False)
    responsible = forms.CharField(label="责任人", max_length=60, required=False)
    content = ProseField(label="内容", rows=5, required=False)
    guests = forms.CharField(
        label="其他参加人员", max_length=200, required=False, help_text="委员在“参加人员”中选，这里写领导、单位等。"
    )
    groups = forms.ModelMultipleChoiceField(
        label="参加联络组", queryset=LiaisonGroup.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    partners = forms.ModelMultipleChoiceField(
        label="联办办公室", queryset=Office.objects.none(), required=False, widget=forms.CheckboxSelectMultiple,
        help_text="几个办公室一起开展时勾选。他们能看到这次活动，并邀请、登记自己联系的委员。",
    )  # fmt: skip
    joining = forms.ChoiceField(
        label="参加方式", choices=Joining.choices, initial=Joining.MUST_ATTEND, required=False, widget=forms.RadioSelect
    )
    capacity = forms.IntegerField(
        label="名额（人）", required=False, min_value=1, max_value=100_000,
        help_text="报名参加时填写，不填表示不限。满了以后自动候补。",
    )  # fmt: skip
    sign_up_until = moment_field("报名截止时间", required=False)
    open_to_all = forms.BooleanField(
        label="全体委员都可以报名", required=False,
        help_text="不勾选时，只有加入“参加人员”的委员可以报名。",
    )  # fmt: skip
    place_kind = forms.ChoiceField(label="场所（对象）类别", required=False)
    audience = forms.ChoiceField(label="参加对象", required=False)
    level = forms.ChoiceField(label="级别", required=False)

    def __init__(self, *args: Any, offices: Sequence[Office], current: Activity | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ids = [office.pk for office in offices]
        self.fields["office"].queryset = Office.objects.filter(pk__in=ids)
        self.fields["groups"].queryset = LiaisonGroup.objects.filter(office_id__in=ids, is_active=True)
        self.fields["item"].choices = item_choices(ids, current)
        self.fields["partners"].queryset = possible_partners(ids, current)
        for name, kind in CODED.items():
            entries = offered(kind, offices[0], getattr(current, name, ""))
            self.fields[name].choices = [("", "不区分"), *entries]
        if len(ids) == 1:
            del self.fields["office"]
            self.only_office = offices[0]
        for name in ("groups", "partners"):
            if not self.fields[name].queryset.exists():
                del self.fields[name]
        self.helper = FormHelper()
        self.helper.layout = self.layout()

    def layout(self) -> Layout:
        first = [name for name in ("office", "item") if name in self.fields]
        together = [name for name in ("groups", "partners") if name in self.fields]
        return Layout(
            *first,
            Div("type", "title", css_class="field-grid"),
            Div("starts_at", "ends_at", css_class="field-grid"),
            Div("place", "responsible", css_class="field-grid"),
            "content", "guests",
            Fieldset("怎样参加", "joining", Div("capacity", "sign_up_until", css_class="field-grid"), "open_to_all"),
            *([Fieldset("和谁一起", *together)] if together else []),
            Fieldset("统计用的类别", Div("place_kind", "audience", "level", css_class="field-grid")),
        )  # fmt: skip

    def clean_item(self) -> UUID | None:
        return UUID(self.cleaned_data["item"]) if self.cleaned_data["item"] else None

    def clean_joining(self) -> str:
        return self.cleaned_data["joining"] or Joining.MUST_ATTEND

    @property
    def office_chosen(self) -> Office:
        return self.cleaned_data.get("office") or self.only_office

    @property
    def values(self) -> dict[str, Any]:
        """What services.create and update take."""
        cleaned = {**self.cleaned_data, "item_lineage": self.cleaned_data["item"]}
        return {name: cleaned[name] for name in (*BASICS, *ARRANGED)}

    @property
    def groups_chosen(self) -> list[LiaisonGroup]:
        return list(self.cleaned_data.get("groups", ()))

    @property
    def partners_chosen(self) -> list[Office]:
        return list(self.cleaned_data.get("partners", ()))


def possible_partners(office_ids: Sequence[int], current: Activity | None) -> QuerySet[Office]:
    """Every office in use that can hold an activity with these, and those that already do."""
    known = current.partner_offices.values("pk") if current else Office.objects.none().values("pk")
    rows = Office.objects.filter(Q(is_active=True) | Q(pk__in=known)).order_by("code")
    return rows.exclude(pk=office_ids[0]) if len(office_ids) == 1 else rows


def item_choices(office_ids: Collection[int], current: Activity | None) -> list[tuple[str, str]]:
    """Scheduled items of the plans in force, this year's first, and the one the activity is tied to already."""
    now = today().year
    items = sorted(items_in_force(office_ids), key=lambda item: (item.plan.year != now, -item.plan.year))
    choices = [("", "计划外（不对应年度计划）"), *[(str(item.lineage), item_label(item)) for item in items]]
    if current and current.item_lineage and str(current.item_lineage) not in dict(choices):
        item = current.scheduled_item()
        choices.append((str(current.item_lineage), item_label(item) if item else "原计划项"))
    return choices


def item_label(item: ScheduledItem) -> str:
    return f"{item.plan.year}年{item_time(item)} {item.topic}"


def item_time(item: ScheduledItem) -> str:
    return item.time.text


def item_initial(item: ScheduledItem) -> dict[str, Any]:
    """What an activity takes over from its plan item. The hour is the office's to settle, so it stays empty."""
    code = item.kind or ("consultation" if item.form else "")
    kind = ActivityType.objects.filter(code=code, is_active=True).first()
    return {
        "office": item.plan.office_id,
        "item": str(item.lineage),
        "type": kind.pk if kind else None,
        "title": item.topic[:120],
        "content": item.content,
        "groups": [item.group_id] if item.group_id else [],
        "guests": "；".join(part for part in (item.participants, item.organisers) if part)[:200],
    }


def activity_initial(activity: Activity) -> dict[str, Any]:
    values = {name: getattr(activity, name) for name in (*BASICS, *ARRANGED) if name not in {"type", "item_lineage"}}
    several = {"groups": list(activity.groups.all()), "partners": list(activity.partner_offices.all())}
    return {**values, **several, "type": activity.type_id, "item": str(activity.item_lineage or "")}
