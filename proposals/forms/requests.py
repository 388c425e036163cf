"""What a proposer asks the office for, and the office's answer."""

from __future__ import annotations

from django import forms

from core.prose import ProseField


class ReasonForm(forms.Form):
    """撤案."""

    reason = ProseField(label="理由", rows=4, max_length=500, help_text="办公室会看到，并记入办理过程。",
                        error_messages={"required": "请填写理由。"})  # fmt: skip

    @property
    def texts(self) -> dict[str, str]:
        return {}


class ChangeForm(ReasonForm):
    """The text as it should be."""

    subject = forms.CharField(label="案由", max_length=80, error_messages={"required": "请填写“案由”。"})
    background = ProseField(label="情况", error_messages={"required": "请填写“情况”。"})
    analysis = ProseField(label="分析", error_messages={"required": "请填写“分析”。"})
    suggestions = ProseField(label="建议", error_messages={"required": "请填写“建议”。"})

    field_order = ["subject", "background", "analysis", "suggestions", "reason"]

    @property
    def texts(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.field_order if name != "reason"}


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label="答复", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="不同意时必须写明理由，提案人会看到。",
    )  # fmt: skip
