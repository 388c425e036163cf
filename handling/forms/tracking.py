"""The unit's report on a promise."""

from __future__ import annotations

from typing import Any

from django import forms

from core.clock import today
from core.moments import day_field
from core.prose import ProseField
from handling.enums import PromiseState
from organisation.forms.fields import laid_out

OUTCOMES = [(PromiseState.KEPT, "已经落实"), (PromiseState.BROKEN, "没有落实")]
ACCEPT = ".pdf,.docx,.xlsx,.pptx,image/*,.heic"


class FollowUpForm(forms.Form):
    outcome = forms.ChoiceField(label="是否落实", choices=OUTCOMES, widget=forms.RadioSelect)
    text = ProseField(
        label="情况", rows=6, help_text="已经落实的，写做了什么、效果怎样；没有落实的，写原因和下一步打算。"
    )
    day = day_field("落实日期", required=False, initial=today, help_text="已经落实时填写。")
    new_date = day_field("新的计划日期", required=False, help_text="没有落实、准备改期时填写；不填表示不再办理。")
    upload = forms.FileField(
        label="佐证材料", required=False, widget=forms.ClearableFileInput(attrs={"accept": ACCEPT}),
        help_text="文件或照片，不超过 20 MB，可以不传。",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = laid_out("outcome", "text", ("day", "new_date"), "upload")
