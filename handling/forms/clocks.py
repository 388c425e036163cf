"""Forms of extensions, pauses and reminders."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from core.prose import ProseField
from core.workdays import Length, Unit
from organisation.forms.fields import laid_out


class ExtensionForm(forms.Form):
    amount = forms.IntegerField(label="延长多久", min_value=1, max_value=200, initial=1)
    unit = forms.ChoiceField(label="单位", choices=Unit.choices, initial=Unit.MONTHS)
    reason = ProseField(
        label="理由", rows=5, max_length=500, error_messages={"required": "请写明延期的理由。"},
        help_text="延长的时间用来做什么。在等提案人补充情况或者上级政策的，也请写明，交办机关可以改为暂停计时。",
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.helper = laid_out(("amount", "unit"), "reason")

    @property
    def length(self) -> Length:
        return Length(self.cleaned_data["amount"], Unit(self.cleaned_data["unit"]))


class DecisionForm(forms.Form):
    """Yes or no to a request; a no needs its reason."""

    granted = forms.TypedChoiceField(
        label="决定", choices=[("yes", "同意"), ("no", "不同意")], widget=forms.RadioSelect,
        coerce=lambda value: value == "yes", error_messages={"required": "请选择同意或不同意。"},
    )  # fmt: skip
    answer = ProseField(
        label="说明", rows=3, required=False, max_length=500, help_text="不同意时请写明理由，承办单位会看到。"
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("granted") is False and not cleaned.get("answer"):
            self.add_error("answer", "请写明不同意的理由。")
        return cleaned


class PauseForm(forms.Form):
    reason = forms.ChoiceField(label="暂停的原因", widget=forms.RadioSelect,
                               error_messages={"required": "请选择暂停的原因。"})  # fmt: skip
    note = forms.CharField(label="说明", required=False, max_length=200)

    def __init__(self, *args: Any, reasons: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].choices = list(reasons)


class ReminderForm(forms.Form):
    text = ProseField(label="催办内容", rows=4, max_length=200, error_messages={"required": "请写明催办的内容。"},
                      help_text="承办单位的同志会在通知里看到，记入办理过程。")  # fmt: skip
