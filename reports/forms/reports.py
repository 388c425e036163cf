"""Which document, of which office, for which year."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms

from accounts.roles import Can
from core.clock import today
from organisation.models import Office
from organisation.selectors import home_office, offices_for
from reports import permissions
from reports.documents import documents

OLDEST = 2000
PART = "."


class ReportForm(forms.Form):
    """The choices are those the user may make."""

    document = forms.ChoiceField(label="文件")
    office = forms.ModelChoiceField(label="办公室", queryset=Office.objects.none(), empty_label=None)
    year = forms.IntegerField(label="年度", min_value=OLDEST, max_value=2100)

    helper = FormHelper()
    helper.layout = Layout(Row(Column("document"), Column("office"), Column("year")))

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        # The filter below the form has fields of the same names: ids of their own keep the labels apart.
        super().__init__(*args, auto_id="make_%s", **kwargs)
        self.fields["document"].choices = document_choices(user)
        self.fields["office"].queryset = offices_for(user, Can.MAKE_REPORTS)
        self.fields["office"].initial = home_office(user)
        self.fields["year"].initial = today().year

    @property
    def asked(self) -> dict[str, Any]:
        """What the service takes."""
        document, _, part = self.cleaned_data["document"].partition(PART)
        return {**self.cleaned_data, "document": document, "part": part}


def document_choices(user: Any) -> list[tuple[str, Any]]:
    """Those with private data only for who sees such data somewhere. A document made for parts of the year is a group
    of its parts: one field, without any script.
    """
    return [
        (each.label, [(f"{each.key}{PART}{part}", f"{each.label}（{label}）") for part, label in each.parts])
        if each.parts
        else (each.key, each.label)
        for each in documents
        if permissions.offers(user, each)
    ]
