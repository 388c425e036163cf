"""Until when co-signers are asked."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms

from core.clock import today
from core.moments import day_field


class InviteForm(forms.Form):
    until = day_field("请在哪天以前确认", help_text="过了这一天（以服务器时间为准）不能再确认。",
                      required=True)  # fmt: skip

    def __init__(self, *args: Any, names: str, days: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["until"].initial = today() + timedelta(days=days)
        self.fields["until"].label = f"邀请：{names}。请他们在哪天以前确认？"
        self.fields["until"].error_messages["required"] = "请选一个日期。"

    def clean_until(self) -> date:
        until = self.cleaned_data["until"]
        if until < today():
            raise forms.ValidationError("截止日期已经过了，请选今天或以后的日期。")
        return until
