"""What a proposer thinks: two questions and words. The same for the page, the link and the paper sheet."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms

from core.files import MATERIAL
from core.prose import ProseField
from handling.enums import Satisfaction

LABELS = {"handling": "对办理工作（联系沟通、办理态度）", "result": "对办理结果（问题解决得怎么样）"}
ACCEPT = ",".join(f".{extension}" for extension in MATERIAL.extensions)


class FeedbackForm(forms.Form):
    handling = forms.ChoiceField(label=LABELS["handling"], choices=Satisfaction.choices, widget=forms.RadioSelect)
    result = forms.ChoiceField(label=LABELS["result"], choices=Satisfaction.choices, widget=forms.RadioSelect)
    text = ProseField(label="意见和建议", rows=4, required=False, help_text="不满意的请写明意见，其他可以不写。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("handling", "result"):
            self.fields[name].error_messages["required"] = "请选一项。"
        shown = [Field(name, wrapper_class="one-per-line") for name in ("handling", "result")]
        self.helper = FormHelper()
        self.helper.layout = Layout(*shown, *(name for name in self.fields if name not in ("handling", "result")))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        bad = Satisfaction.UNSATISFIED in (cleaned.get("handling"), cleaned.get("result"))
        if bad and not (cleaned.get("text") or "").strip():
            self.add_error("text", "不满意的请写明意见，承办单位才知道要改进什么。")
        return cleaned


class PaperForm(FeedbackForm):
    """Entered by staff from the sheet the member sent back."""

    sheet = forms.FileField(
        label="纸质评价表的扫描件或照片", widget=forms.FileInput(attrs={"accept": ACCEPT}),
        error_messages={"required": "请上传纸质评价表的扫描件或照片。"},
    )  # fmt: skip
