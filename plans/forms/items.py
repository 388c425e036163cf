"""Forms of the schedule: rows of the year, a recurring arrangement, one item, and what is decided about it."""

from __future__ import annotations

import json
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms

from organisation.models import LiaisonGroup
from plans import consultation, kinds
from plans.enums import ItemState, PartOfMonth, Reach, Rhythm
from plans.forms import MONTHS, defaulted, helper
from plans.grids import Grid, lineage_field, seen_field
from plans.models import Adjustment, AnnualPlan, ScheduledItem
from plans.rows import FIELDS
from plans.schedule import Standing

NAMES = tuple(name for name in FIELDS[ScheduledItem] if name != "series")
ORGANISERS_HELP = "几个单位用“、”隔开。"


def month_field(label: str, empty: str = "选择", required: bool = False) -> forms.TypedChoiceField:
    choices = [("", empty), *MONTHS[1:]]
    return forms.TypedChoiceField(label=label, coerce=int, choices=choices, required=required, empty_value=None)


def item_options(plan: AnnualPlan) -> dict[str, Any]:
    """What an item's fields offer, read once however many rows there are."""
    groups = LiaisonGroup.objects.filter(office=plan.office_id, is_active=True).values_list("pk", "name")
    return {"kinds": kinds.choices(), "forms": consultation.choices(plan.office), "groups": list(groups)}


class TimeFields(forms.Form):
    """When: a month, a span, a third, the plenary."""

    month = month_field("月份")
    until_month = month_field("至几月", "无")
    part_of_month = defaulted("旬", PartOfMonth)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        month, until = cleaned.get("month"), cleaned.get("until_month")
        if month is None and cleaned.get("part_of_month") != PartOfMonth.PLENARY and "month" not in self.errors:
            self.add_error("month", "请选择月份。安排在全会期间的，请在“旬”里选“全会期间”。")
        if until is not None and (month is None or until < month):
            self.add_error("until_month", "截止月份不能早于开始月份。")
        cleaned["until_month"] = until if until != month else None
        return cleaned


class ItemFields(forms.Form):
    """What: the fields an item has beside its time."""

    kind = forms.CharField(label="类型", max_length=40, required=False)
    form = forms.ChoiceField(label="协商形式", required=False)
    topic = forms.CharField(label="主题", max_length=200)
    content = forms.CharField(label="内容", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    participants = forms.CharField(label="参加人员", required=False, max_length=300)
    organisers = forms.CharField(label="组织单位", required=False, max_length=300, help_text=ORGANISERS_HELP)
    group_id = forms.TypedChoiceField(label="联络组", required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, offered: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if offered["kinds"]:
            self.fields["kind"] = forms.ChoiceField(label="类型", required=False)
            self.offer("kind", offered["kinds"], "选择")
        self.offer("form", offered["forms"], "不是协商活动")
        self.offer("group_id", offered["groups"], "全办公室")
        if len(self.fields["group_id"].choices) == 1:
            del self.fields["group_id"]

    def offer(self, name: str, choices: list[tuple[Any, str]], empty: str) -> None:
        """The choices with what the item has now, even if that is no longer on offer."""
        kept = self.initial.get(name)
        extra = [(kept, str(kept))] if kept and str(kept) not in {str(value) for value, _ in choices} else []
        self.fields[name].choices = [("", empty), *choices, *extra]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("kind") and not cleaned.get("form") and "kind" not in self.errors:
            self.add_error("kind", "请选择类型；协商活动请选择协商形式。")
        return cleaned

    def lines(self, *first: tuple[str, str]) -> FormHelper:
        """The layout: `first` and the kind in one line, then the rest. Fields that are not there are left out."""
        rows = (
            (*first, ("kind", "col-12 col-md-6 col-lg-3"), ("form", "col-12 col-md-6 col-lg-3")),
            (("topic", "col-12 col-lg-9"), ("group_id", "col-12 col-lg-3")),
            (("content", "col-12 col-lg-6"), ("participants", "col-12 col-lg-3"), ("organisers", "col-12 col-lg-3")),
        )
        return helper(*(tuple(pair for pair in row if pair[0] in self.fields) for row in rows))


WHEN = (("month", "col-4 col-lg-2"), ("until_month", "col-4 col-lg-2"), ("part_of_month", "col-4 col-lg-2"))


class ItemForm(TimeFields, ItemFields):
    """One row of the schedule."""

    lineage = lineage_field()
    seen = seen_field()

    field_order = ["lineage", "seen", "month", "until_month", "part_of_month"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisers"].help_text = ""
        self.helper = self.lines(*WHEN)


class ItemGrid(Grid):
    row_form, prefix, row_label, add_label, blank_at_first = ItemForm, "items", "安排", "再加一项安排", 8

    def row_options(self) -> dict[str, Any]:
        return {"offered": item_options(self.plan)}

    def parts(self, plan: AnnualPlan) -> list[Any]:
        return list(plan.items.all())

    def initial_of(self, part: Any) -> dict[str, Any]:
        return {"lineage": part.lineage, **{name: getattr(part, name) for name in NAMES}}

    def values(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        return values_of(cleaned)


def values_of(cleaned: dict[str, Any]) -> dict[str, Any]:
    """The fields of an item among cleaned ones. Without groups the form does not ask for one."""
    return {"group_id": None, **{name: cleaned[name] for name in NAMES if name in cleaned}}


class OneItemForm(TimeFields, ItemFields):
    """One item on a page of its own; of a series how far the change goes, and whether it is taken out."""

    reach = forms.ChoiceField(label="改动范围", choices=Reach.choices, initial=Reach.THIS, widget=forms.RadioSelect)
    remove = forms.BooleanField(label="从计划中删除", required=False)

    field_order = ["month", "until_month", "part_of_month"]

    def __init__(self, *args: Any, item: ScheduledItem, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(item, name) for name in NAMES}
        super().__init__(*args, offered=item_options(item.plan), **kwargs)
        if item.series is None:
            del self.fields["reach"]
        else:
            self.fields["reach"].help_text = "月份只改这一次；类型、主题、内容等可以一起改。"
        name_content(self, item.form)
        self.helper = self.lines(*WHEN)
        self.helper.layout.append(Div(*(name for name in ("reach", "remove") if name in self.fields)))

    @property
    def values(self) -> dict[str, Any]:
        return values_of(self.cleaned_data)


class SeriesForm(ItemFields):
    """A recurring arrangement: how often, from which month to which."""

    rhythm = forms.ChoiceField(label="多久一次", choices=Rhythm.choices)
    first_month = month_field("从几月", required=True)
    last_month = month_field("到几月", required=True)
    part_of_month = forms.ChoiceField(
        label="旬（每旬一次时不选）", choices=[pair for pair in PartOfMonth.choices if pair[0] != PartOfMonth.PLENARY]
    )  # fmt: skip

    field_order = ["rhythm", "first_month", "last_month", "part_of_month"]

    def __init__(self, *args: Any, plan: AnnualPlan, **kwargs: Any) -> None:
        kwargs["initial"] = {"first_month": 1, "last_month": 12}
        super().__init__(*args, offered=item_options(plan), **kwargs)
        name_content(self, "")
        self.helper = self.lines()
        when = (("rhythm", "col-12 col-lg-3"), ("first_month", "col-6 col-lg-3"), ("last_month", "col-6 col-lg-3"),
                ("part_of_month", "col-12 col-lg-3"))  # fmt: skip
        self.helper.layout = Layout(*helper(when).layout.fields, *self.helper.layout.fields)

    @property
    def values(self) -> dict[str, Any]:
        """What services.add_series takes beside plan, actor and version."""
        names = ("rhythm", "first_month", "last_month")
        rest = {name: self.cleaned_data[name] for name in (*NAMES, "part_of_month") if name in self.cleaned_data}
        return {**{name: self.cleaned_data[name] for name in names}, "values": rest}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("first_month"), cleaned.get("last_month")
        if first and last and last < first:
            self.add_error("last_month", "截止月份不能早于开始月份。")
        return cleaned


def name_content(form: forms.Form, code: str) -> None:
    """The content is called what the form of consultation calls it; a script follows when another is chosen."""
    labels = consultation.content_labels()
    form.fields["content"].label = labels.get(code, "内容")
    form.fields["form"].widget.attrs["data-content-labels"] = json.dumps(labels, ensure_ascii=False)


# --- decisions about an item in force ------------------------------------------------------------------------------
def reason_field(label: str) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="会写在计划页面和差异里，领导和委员可以看到。",
    )  # fmt: skip


class MoveForm(TimeFields):
    reason = reason_field("调整的理由")

    def __init__(self, *args: Any, standing: Standing, asked: dict[str, Any], **kwargs: Any) -> None:
        now = self.now = standing.time
        kwargs["initial"] = {"month": now.month, "until_month": now.until, "part_of_month": now.part, **asked}
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(Div("month", "until_month", "part_of_month", css_class="field-grid"), "reason")

    def clean_until_month(self) -> int | None:
        """A span that is moved as it stands keeps its length: 4—5月 to 6月 is 6—7月."""
        month, until = self.cleaned_data.get("month"), self.cleaned_data["until_month"]
        if month is None or until is None or until != self.now.until or until >= month:
            return until
        return min(12, month + until - self.now.month)


class MergeForm(forms.Form):
    into = forms.TypedChoiceField(label="并入哪一项", coerce=int)
    reason = reason_field("合并的理由")

    def __init__(self, *args: Any, standing: Standing, asked: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = {each.pk: each for each in mergeable(standing.item)}
        choices = [(pk, f"{each.time.text} {each.topic}") for pk, each in self.items.items()]
        self.fields["into"].choices = [("", "选择"), *choices]

    def clean_into(self) -> ScheduledItem:
        return self.items[self.cleaned_data["into"]]


def mergeable(item: ScheduledItem) -> list[ScheduledItem]:
    """The other items of the plan that still stand for themselves."""
    gone = Adjustment.objects.filter(state__in=(ItemState.MERGED, ItemState.CANCELLED)).values("lineage")
    return list(ScheduledItem.objects.filter(plan=item.plan_id).exclude(pk=item.pk).exclude(lineage__in=gone))


class ReasonForm(forms.Form):
    reason = reason_field("理由")

    def __init__(self, *args: Any, standing: Standing, asked: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
