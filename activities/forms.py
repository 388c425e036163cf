"""Forms of activities. Rules live in services; here only what was typed is read."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms

from activities.enums import BEFOREHAND, SHEET_ORDER, AttendanceState
from activities.models import Activity, ActivityType, Attendance, Photo
from activities.selectors import items_in_force
from activities.services import BASICS, RESULTS, Mark, PhotoNote
from core.prose import ProseField
from organisation.models import LiaisonGroup, Office
from plans.enums import PartOfMonth
from plans.models import ScheduledItem

MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
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

    def __init__(self, *args: Any, offices: Sequence[Office], current: Activity | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ids = [office.pk for office in offices]
        self.fields["office"].queryset = Office.objects.filter(pk__in=ids)
        self.fields["groups"].queryset = LiaisonGroup.objects.filter(office_id__in=ids, is_active=True)
        self.fields["item"].choices = item_choices(ids, current)
        if len(ids) == 1:
            del self.fields["office"]
            self.only_office = offices[0]
        if not self.fields["groups"].queryset.exists():
            del self.fields["groups"]
        self.helper = FormHelper()
        self.helper.layout = self.layout()

    def layout(self) -> Layout:
        first = [name for name in ("office", "item") if name in self.fields]
        last = [name for name in ("groups",) if name in self.fields]
        return Layout(
            *first,
            Div("type", "title", css_class="field-grid"),
            Div("starts_at", "ends_at", css_class="field-grid"),
            Div("place", "responsible", css_class="field-grid"),
            "content", "guests", *last,
        )  # fmt: skip

    def clean_item(self) -> UUID | None:
        return UUID(self.cleaned_data["item"]) if self.cleaned_data["item"] else None

    @property
    def office_chosen(self) -> Office:
        return self.cleaned_data.get("office") or self.only_office

    @property
    def values(self) -> dict[str, Any]:
        """What services.create and update take."""
        cleaned = {**self.cleaned_data, "item_lineage": self.cleaned_data["item"]}
        return {name: cleaned[name] for name in BASICS}

    @property
    def groups_chosen(self) -> list[LiaisonGroup]:
        return list(self.cleaned_data.get("groups", ()))


def item_choices(office_ids: Collection[int], current: Activity | None) -> list[tuple[str, str]]:
    """Scheduled items of the plans in force, newest year first, and the one the activity is tied to already."""
    items = sorted(items_in_force(office_ids), key=lambda item: -item.plan.year)
    choices = [("", "计划外（不对应年度计划）"), *[(str(item.lineage), item_label(item)) for item in items]]
    if current and current.item_lineage and str(current.item_lineage) not in dict(choices):
        item = current.scheduled_item()
        choices.append((str(current.item_lineage), item_label(item) if item else "原计划项"))
    return choices


def item_label(item: ScheduledItem) -> str:
    return f"{item.plan.year}年{item_time(item)} {item.topic}"


def item_time(item: ScheduledItem) -> str:
    part = "" if item.part_of_month == PartOfMonth.WHOLE else PartOfMonth(item.part_of_month).label
    return f"{item.month}月{part}"


def item_initial(item: ScheduledItem) -> dict[str, Any]:
    """What an activity takes over from its plan item. The hour is the office's to settle, so it stays empty."""
    kind = ActivityType.objects.filter(code=item.kind, is_active=True).first()
    return {
        "office": item.plan.office_id,
        "item": str(item.lineage),
        "type": kind.pk if kind else None,
        "title": item.topic,
        "content": item.content,
        "guests": "；".join(part for part in (item.participants, item.organisers) if part)[:200],
    }


def activity_initial(activity: Activity) -> dict[str, Any]:
    values = {name: getattr(activity, name) for name in BASICS if name not in {"type", "item_lineage"}}
    lineage = str(activity.item_lineage or "")
    return {**values, "type": activity.type_id, "item": lineage, "groups": list(activity.groups.all())}


class ResultsForm(forms.Form):
    """Minutes, outcome and the quantities targets may sum."""

    minutes = ProseField(label="活动记录", rows=12, required=False, help_text="时间、到场人员、过程、主要发言。")
    outcome = ProseField(label="成效与建议", rows=6, required=False, help_text="形成的意见建议、解决的问题、后续办理。")
    hours = forms.DecimalField(label="时长（小时）", required=False, min_value=0, max_digits=6, decimal_places=1)
    households = forms.IntegerField(label="走访户数", required=False, min_value=0, max_value=100_000)
    copies = forms.IntegerField(label="资料份数", required=False, min_value=0, max_value=10_000_000)
    amount = forms.DecimalField(label="金额（元）", required=False, min_value=0, max_digits=12, decimal_places=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "minutes", "outcome", Div("hours", "households", "copies", "amount", css_class="field-grid")
        )


def results_initial(activity: Activity) -> dict[str, Any]:
    """The stored values; the length in hours is proposed from the times when nobody has given it."""
    values = {name: getattr(activity, name) for name in RESULTS}
    if values["hours"] is None and activity.ends_at:
        values["hours"] = round((activity.ends_at - activity.starts_at).total_seconds() / 3600, 1)
    return values


class RollRow:
    """One member on the sheet, as the page shows it."""

    def __init__(self, attendance: Attendance, shown: Mark, stored: Mark) -> None:
        self.attendance, self.member = attendance, attendance.member
        self.state, self.reason = shown.state, shown.reason
        self.others = "" if shown == stored else f"现在登记的是“{AttendanceState(stored.state).label}”"


class RollForm(forms.Form):
    """The attendance sheet: per member `state-<id>` and `reason-<id>`.

    `opened` carries the sheet as it was when opened, so that only what this user changed is saved.
    """

    opened = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, activity: Activity, attendances: list[Attendance], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.activity, self.attendances = activity, attendances
        self.was = self.read_opened() if self.is_bound else {}

    @property
    def options(self) -> list[tuple[str, str]]:
        """The states on offer: before the activity begins, only leave can be known."""
        begun = self.activity.has_begun
        return [(state.value, state.label) for state in SHEET_ORDER if begun or state in BEFOREHAND]

    def read_opened(self) -> dict[int, Mark]:
        """What the page said when it was opened; nonsense counts as nothing."""
        try:
            given = json.loads(self.data.get("opened", ""))
            return {int(pk): Mark(str(state), str(reason)) for pk, (state, reason) in given.items()}
        except (ValueError, TypeError, AttributeError):
            return {}

    def posted(self, attendance: Attendance) -> Mark:
        state = self.data.get(f"state-{attendance.pk}", attendance.state)
        if "all_present" in self.data and state == AttendanceState.INVITED:
            state = AttendanceState.PRESENT.value
        return Mark(state, self.data.get(f"reason-{attendance.pk}", attendance.reason).strip())

    def clean(self) -> dict[str, Any]:
        marks = {each.pk: self.posted(each) for each in self.attendances}
        if any(mark.state not in AttendanceState.values for mark in marks.values()):
            raise forms.ValidationError("出席情况只能选页面上列出的几种，请重新选择。")
        if any(len(mark.reason) > 120 for mark in marks.values()):
            raise forms.ValidationError("事由不能超过 120 个字。")
        return {**super().clean(), "marks": marks}

    @property
    def rows(self) -> list[RollRow]:
        """Stored rows, with this user's own unsaved changes on top."""
        shown = []
        for each in self.attendances:
            stored = Mark(each.state, each.reason)
            mine = self.posted(each) if self.is_bound else stored
            untouched = mine == self.was.get(each.pk, stored)
            shown.append(RollRow(each, stored if untouched else mine, stored))
        return shown

    @property
    def opened_now(self) -> str:
        return json.dumps({each.pk: [each.state, each.reason] for each in self.attendances}, ensure_ascii=False)


MOST_AT_ONCE = 20  # photos of one upload: re-encoding takes up to two seconds each, a request has sixty


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Several files at once; each is judged by the upload gate, not here."""

    widget = ManyFiles(attrs={"multiple": True, "accept": "image/*,.heic"})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = [each for each in (data if isinstance(data, list | tuple) else [data]) if each]
        if not given:
            raise forms.ValidationError("请先选择照片。")
        if len(given) > MOST_AT_ONCE:
            raise forms.ValidationError(f"一次选了 {len(given)} 张，最多 {MOST_AT_ONCE} 张，请分几次上传。")
        return given


class PhotosForm(forms.Form):
    photos = PhotosField(
        label="添加照片",
        help_text=f"一次可以选多张（最多 {MOST_AT_ONCE} 张，每张不超过 20 MB），手机照片也可以。拍摄位置会自动去掉。",
    )


def photo_notes(data: Any, photos: Collection[Photo]) -> dict[int, PhotoNote]:
    """What was typed beside each photo of the page."""
    return {
        photo.pk: PhotoNote(
            caption=data.get(f"caption-{photo.pk}", "").strip()[:80],
            use_in_report=f"report-{photo.pk}" in data,
            delete=f"delete-{photo.pk}" in data,
        )
        for photo in photos
        if f"caption-{photo.pk}" in data
    }
