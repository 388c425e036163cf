"""What devices at the door send."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.db.models import F
from django.utils import timezone

from activities.door import Proof
from activities.enums import CheckInMethod, Direction
from activities.models import Attendance
from activities.services.checkin import Claim
from core.moments import moment_field

LATEST = 4_102_444_800_000  # the year 2100, in milliseconds


class DoorForm(forms.Form):
    """`happened`: the device's clock in milliseconds; `key`: its own number for this act. Without a script both are
    missing: then it is now, and new."""

    direction = forms.ChoiceField(choices=Direction.choices, required=False)
    happened = forms.IntegerField(min_value=0, max_value=LATEST, required=False)
    key = forms.UUIDField(required=False)

    @property
    def chosen_direction(self) -> Direction:
        return Direction(self.cleaned_data.get("direction") or Direction.IN)

    @property
    def chosen_key(self) -> UUID:
        return self.cleaned_data.get("key") or uuid4()

    @property
    def moment(self) -> datetime:
        given = self.cleaned_data.get("happened")
        return timezone.now() if given is None else datetime.fromtimestamp(given / 1000, UTC)


class SelfForm(DoorForm):
    """A member's own phone."""

    direction = forms.ChoiceField(choices=[(each.value, each.label) for each in (Direction.IN, Direction.OUT)],
                                  required=False)  # fmt: skip
    ticket = forms.CharField(max_length=200, required=False)
    token = forms.CharField(max_length=40, required=False)
    code = forms.CharField(max_length=20, required=False)

    def clean_code(self) -> str:
        """Digits of any width, with or without blanks."""
        return "".join(unicodedata.normalize("NFKC", self.cleaned_data["code"]).split())

    @property
    def proof(self) -> Proof:
        given = {name: self.cleaned_data.get(name, "") for name in ("ticket", "code", "token")}
        return Proof(self.moment, **given)


class DeskForm(DoorForm):
    """Staff at the door. `undo` takes everything back, `back` a leaving: whoever came back has not left."""

    attendance, undo, back = (forms.IntegerField(min_value=1, required=False) for _ in range(3))
    scanned = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        if not self.chosen:
            raise forms.ValidationError("请选择委员。")
        return found

    @property
    def chosen(self) -> int:
        return next((pk for name in ("attendance", "undo", "back") if (pk := self.cleaned_data.get(name))), 0)

    @property
    def claim(self) -> Claim:
        turned = {"undo": Direction.VOID, "back": Direction.IN}
        direction = next((turned[name] for name in turned if self.cleaned_data.get(name)), self.chosen_direction)
        method = CheckInMethod.MEMBER_CODE if self.cleaned_data.get("scanned") else CheckInMethod.STAFF
        return Claim(self.moment, direction, method, self.chosen_key)


class PaperForm(forms.Form):
    """A signed sheet of paper: who signed, and when."""

    direction = forms.ChoiceField(
        label="登记为", choices=[(each.value, each.label) for each in (Direction.IN, Direction.OUT)]
    )
    moment = moment_field("时间")
    signed = forms.ModelMultipleChoiceField(
        label="签了名的委员", queryset=Attendance.objects.none(), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请勾选签了名的委员。"},
    )  # fmt: skip

    def __init__(self, *args: Any, attendances: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waiting_first = attendances.order_by(F("arrived_at").asc(nulls_first=True), "member__name_pinyin", "pk")
        self.fields["signed"].queryset = waiting_first.select_related("member__group")
        self.fields["signed"].label_from_instance = line
        self.helper = FormHelper()
        self.helper.layout = Layout(Div("direction", "moment", css_class="field-grid"), "signed")
        self.fields["moment"].help_text = "按签到表上的时间填写；没有写时间的，填活动开始时间。"


def line(row: Attendance) -> str:
    group = f"（{row.member.group.name}）" if row.member.group else ""
    when = f" 已签到 {timezone.localtime(row.arrived_at):%H:%M}" if row.arrived_at else ""
    return f"{row.member.name}{group}{when}"
