"""Fields and layout the forms of this app share."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.core.validators import RegexValidator

#: Letters of any script, digits and . _ - : what can be read out on the telephone.
USERNAME = RegexValidator(r"^[\w.-]+\Z", "用户名只能用汉字、字母、数字和 . _ - ，中间不能有空格。")
PHONE = RegexValidator(r"^[0-9+() （）转-]{3,30}\Z", "电话号码只能包含数字、空格和 + - ( ) 转。")


def day(label: str, **options: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "请填写正确的日期，例如 2026-03-05。"}, **options,
    )  # fmt: skip


def text(label: str, limit: int, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=limit, **options)


def phone(label: str = "联系电话", limit: int = 30) -> forms.CharField:
    widget = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})
    return forms.CharField(label=label, max_length=limit, required=False, validators=[PHONE], widget=widget)


def username(label: str = "用户名", **options: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"})
    options.setdefault("help_text", "登录时用，可以用姓名拼音或工号，不分大小写。")
    return forms.CharField(label=label, max_length=60, validators=[USERNAME], widget=widget, **options)


def new_password(label: str, **options: Any) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
    return forms.CharField(label=label, strip=False, widget=widget, **options)


def laid_out(*rows: str | Div | tuple[str, ...]) -> FormHelper:
    """A helper whose tuples stand side by side on wide screens."""
    helper = FormHelper()
    helper.layout = Layout(*(Div(*row, css_class="field-grid") if isinstance(row, tuple) else row for row in rows))
    return helper
