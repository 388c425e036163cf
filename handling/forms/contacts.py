"""Entering a conversation with the proposers."""

from __future__ import annotations

from typing import Any

from django import forms

from core.clock import today
from core.moments import day_field
from core.prose import ProseField
from handling.defaults import CONTACT_WAY
from handling.models import Assignment
from organisation.forms.fields import laid_out
from organisation.selectors import offered


class ContactForm(forms.Form):
    day = day_field("日期")
    way = forms.ChoiceField(label="方式")
    persons = forms.CharField(label="参加人员", max_length=200, help_text="例如：王委员、县交通局副局长周某、经办人。")
    note = ProseField(label="情况", rows=4, required=False, help_text="提案人怎么说，还有什么要求。")
    photo = forms.FileField(
        label="照片", required=False, help_text="可以不传。手机照片也可以，拍摄位置会自动去掉。",
        widget=forms.FileInput(attrs={"accept": "image/*,.heic"}),
    )  # fmt: skip

    def __init__(self, *args: Any, assignment: Assignment, **kwargs: Any) -> None:
        kwargs["initial"] = {"day": today(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.fields["way"].choices = offered(CONTACT_WAY, assignment.proposal.office)
        self.helper = laid_out(("day", "way"), "persons", "note", "photo")
