"""Asking for a file, taking one in."""

from __future__ import annotations

from django import forms

from supervision.exchange import FORMS
from supervision.forms.fields import year_field


class ExportForm(forms.Form):
    year = year_field("交办年度")
    form = forms.ChoiceField(label="格式", choices=[(form, form.upper()) for form in FORMS])


class ImportForm(forms.Form):
    upload = forms.FileField(
        label="办理数据文件", widget=forms.ClearableFileInput(attrs={"accept": ".json,.xml"}),
        help_text="政府办理系统导出的 JSON 或 XML，格式 liaison-exchange/1，不超过 5 MB。先检查，不会马上改动数据。",
    )  # fmt: skip
