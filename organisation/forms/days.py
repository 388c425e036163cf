"""One entry of the working-day calendar."""

from __future__ import annotations

from typing import Any

from django import forms

from organisation.forms.fields import day, laid_out, text
from organisation.models import DaysOff


class DaysForm(forms.Form):
    name = text("名称", 40, help_text="例如“春节”。")
    kind = forms.ChoiceField(label="安排", choices=DaysOff.Kind.choices)
    first = day("从")
    last = day("到")
    note = text("依据", 120, required=False, help_text="例如公布放假安排的通知。")

    def __init__(self, *args: Any, row: DaysOff | None = None, **kwargs: Any) -> None:
        if row is not None:
            kwargs["initial"] = {name: getattr(row, name) for name in ("name", "kind", "first", "last", "note")}
        super().__init__(*args, **kwargs)
        self.helper = laid_out(("name", "kind"), ("first", "last"), "note")
