"""Accounts and roles."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Div
from django import forms
from django.db.models import QuerySet
from django.utils.html import format_html

from accounts.models import User
from accounts.roles import ROLES
from core.clock import today
from organisation.forms.fields import day, laid_out, phone, text, username
from organisation.models import HandlingUnit, Office


class AccountForm(forms.Form):
    name = text("姓名", 60)
    username = username()
    phone = phone("手机", 20)

    def __init__(self, *args: Any, account: User | None = None, **kwargs: Any) -> None:
        if account is not None:
            kwargs["initial"] = {"name": account.name, "username": account.username, "phone": account.phone}
        super().__init__(*args, **kwargs)
        self.helper = laid_out(("name", "username"), "phone")


def role_choices(codes: list[str]) -> list[tuple[str, Any]]:
    """Each role with what it may do, so that nobody grants a word."""
    line = '<strong>{}</strong><span class="muted">：{}</span>'
    return [(code, format_html(line, ROLES[code].label, ROLES[code].description)) for code in codes]


class PostingForm(forms.Form):
    """`roles` and `offices` are what the granting person may choose from."""

    role = forms.ChoiceField(label="角色", widget=forms.RadioSelect)
    office = forms.ModelChoiceField(label="机构", queryset=Office.objects.none(), empty_label="请选择")
    unit = forms.ModelChoiceField(
        label="承办单位", queryset=HandlingUnit.objects.none(), required=False, empty_label="不是承办单位",
        help_text="只有角色为“承办单位”时选择。",
    )  # fmt: skip
    starts = day("起始日期")
    ends = day("截止日期", required=False, help_text="不填表示长期。当天仍然有效。")

    def __init__(self, *args: Any, roles: list[str], offices: QuerySet, units: QuerySet, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"starts": today(), "role": roles[0] if len(roles) == 1 else None})
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = role_choices(roles)
        self.fields["office"].queryset = offices
        self.fields["unit"].queryset = units
        if "unit" not in roles:
            del self.fields["unit"]
        self.helper = laid_out(
            Div("role", css_class="one-per-line"), "office", *(["unit"] if "unit" in roles else []), ("starts", "ends")
        )


class EndPostingForm(forms.Form):
    when = forms.ChoiceField(
        label="什么时候结束", widget=forms.RadioSelect, initial="now",
        choices=[("now", "立即收回"), ("day", "到下面这一天为止")],
    )  # fmt: skip
    ends = day("最后一天", required=False, help_text="选择“到下面这一天为止”时填写，当天仍然有效。")
    reason = text("原因", 200, help_text="例如：岗位调整。会记入操作日志。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = laid_out("when", "ends", "reason")

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("when") == "day" and not self.cleaned_data.get("ends") and "ends" not in self.errors:
            self.add_error("ends", "请填写最后一天的日期。")
        elif self.cleaned_data.get("when") == "now":
            self.cleaned_data["ends"] = None
        return self.cleaned_data
