"""The attendance sheet."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from django import forms

from activities.enums import BEFOREHAND, SHEET_ORDER, AttendanceState
from activities.models import Activity, Attendance
from activities.services import Mark


class RollRow:
    """One member on the sheet, as the page shows it."""

    def __init__(self, attendance: Attendance, shown: Mark, stored: Mark, times: str) -> None:
        self.attendance, self.member, self.times = attendance, attendance.member, times
        self.state, self.reason = shown.state, shown.reason
        self.others = "" if shown == stored else f"现在登记的是“{AttendanceState(stored.state).label}”"


class RollForm(forms.Form):
    """The attendance sheet: per member `state-<id>` and `reason-<id>`.

    `opened` carries the sheet as it was when opened, so that only what this user changed is saved. `told`: by
    attendance id, what check-in says about coming and going.
    """

    opened = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        activity: Activity,
        attendances: list[Attendance],
        told: Callable[[], Mapping[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.activity, self.attendances, self.told = activity, attendances, told
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
        open_still = state == attendance.state == AttendanceState.INVITED  # nobody checked in meanwhile
        if "all_present" in self.data and open_still:
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
        shown, told = [], self.told()
        for each in self.attendances:
            stored = Mark(each.state, each.reason)
            mine = self.posted(each) if self.is_bound else stored
            untouched = mine == self.was.get(each.pk, stored)
            shown.append(RollRow(each, stored if untouched else mine, stored, told.get(each.pk, "")))
        return shown

    @property
    def opened_now(self) -> str:
        return json.dumps({each.pk: [each.state, each.reason] for each in self.attendances}, ensure_ascii=False)
