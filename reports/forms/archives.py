"""Which year of which office to pack."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms

from accounts.roles import Can
from core.clock import today
from organisation.models import Office
from organisation.selectors import home_office, offices_for
from reports.forms.reports import OLDEST


class ArchiveForm(forms.Form):
    """The choices are those the user may make. In January the year that has just ended is packed."""

    office = forms.ModelChoiceField(label="办公室", queryset=Office.objects.none(), empty_label=None)
    year = forms.IntegerField(label="年度", min_value=OLDEST, max_value=2100)
    with_activities = forms.BooleanField(
        label="同时收入活动的材料和照片", required=False, help_text="照片多的年份，文件会大很多。"
    )

    helper = FormHelper()
    helper.layout = Layout(Row(Column("office"), Column("year")), "with_activities")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="pack_%s", **kwargs)
        self.fields["office"].queryset = offices_for(user, Can.MAKE_REPORTS)
        self.fields["office"].initial = home_office(user)
        self.fields["year"].initial = today().year - (today().month == 1)
