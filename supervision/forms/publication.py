"""Clearing one proposal; withholding it."""

from __future__ import annotations

from typing import Any

from django import forms

from organisation.forms.fields import laid_out
from supervision.enums import Clearance

DECISIONS = [(Clearance.CLEARED, "公开"), (Clearance.WITHHELD, "不公开")]


class ClearanceForm(forms.Form):
    decision = forms.ChoiceField(label="审定", choices=DECISIONS, widget=forms.RadioSelect)
    with_replies = forms.BooleanField(label="同时公开已经送达的答复", required=False, initial=True)
    reason = forms.CharField(label="不公开的理由", max_length=200, required=False, help_text="选“不公开”时填写。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = laid_out("decision", "with_replies", "reason")


def select() -> forms.Select:
    return forms.Select(attrs={"class": "form-select"})


class SearchForm(forms.Form):
    """The public's search. Whatever is typed, a list comes back."""

    q = forms.CharField(label="关键词", required=False, max_length=40,
                        widget=forms.TextInput(attrs={"class": "form-control"}))  # fmt: skip
    year = forms.ChoiceField(label="立案年份", required=False, widget=select())
    category = forms.ChoiceField(label="分类", required=False, widget=select())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
