"""Minutes, outcome and quantities."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Layout
from django import forms

from activities import type_needs
from activities.defaults import QUANTITY
from activities.models import Activity
from activities.services import RESULTS
from core.prose import ProseField, tidy
from organisation.selectors import offered

SPARE = 2  # empty rows for further results


class ResultsForm(forms.Form):
    """Minutes, outcome, the quantities targets may sum, and further results (`kind_<n>`, `value_<n>`)."""

    minutes = ProseField(label="活动记录", rows=12, required=False, help_text="时间、到场人员、过程、主要发言。")
    outcome = ProseField(label="成效与建议", rows=6, required=False, help_text="形成的意见建议、解决的问题、后续办理。")
    hours = forms.DecimalField(label="时长（小时）", required=False, min_value=0, max_digits=6, decimal_places=1)
    households = forms.IntegerField(label="走访户数", required=False, min_value=0, max_value=100_000)
    copies = forms.IntegerField(label="资料份数", required=False, min_value=0, max_value=10_000_000)
    amount = forms.DecimalField(label="金额（元）", required=False, min_value=0, max_digits=12, decimal_places=2)

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.skeleton = tidy(type_needs.needs_of(activity.type).skeleton)
        stored = list(activity.quantities.all())
        self.rows = range(len(stored) + SPARE)
        choices = [("", "请选择"), *offered(QUANTITY, activity.office)]
        for place in self.rows:
            row = stored[place] if place < len(stored) else None
            self.add_row(place, choices, row)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "minutes", "outcome", Div("hours", "households", "copies", "amount", css_class="field-grid"),
            HTML('<h2 class="fs-6 mt-3">其他成果</h2>'),
            *(Div(f"kind_{place}", f"value_{place}", css_class="field-grid") for place in self.rows),
        )  # fmt: skip

    def add_row(self, place: int, choices: list[tuple[str, str]], row: Any) -> None:
        known = choices if row is None or row.kind in dict(choices) else [*choices, (row.kind, row.kind)]
        self.fields[f"kind_{place}"] = forms.ChoiceField(
            label=f"成果 {place + 1}", choices=known, required=False, initial=row.kind if row else ""
        )
        self.fields[f"value_{place}"] = forms.DecimalField(
            label=f"成果 {place + 1} 数量", required=False, min_value=0, max_digits=12, decimal_places=2,
            initial=row.value.normalize() if row else None,
        )  # fmt: skip

    def clean_minutes(self) -> str:
        """An outline nobody has filled in is no record."""
        written = self.cleaned_data["minutes"]
        return "" if written.strip() == self.skeleton.strip() else written

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for place in self.rows:
            kind, value = cleaned.get(f"kind_{place}"), cleaned.get(f"value_{place}")
            if kind and value is None and f"value_{place}" not in self.errors:
                self.add_error(f"value_{place}", "请填写数量。")
            if value is not None and not kind:
                self.add_error(f"kind_{place}", "请选择是什么成果。")
        if len(self.pairs(cleaned)) != len(dict(self.pairs(cleaned))):
            raise forms.ValidationError("同一种成果写了两行，请合并成一行。")
        return cleaned

    def pairs(self, cleaned: dict[str, Any]) -> list[tuple[str, Decimal]]:
        found = [(cleaned.get(f"kind_{place}"), cleaned.get(f"value_{place}")) for place in self.rows]
        return [(kind, value) for kind, value in found if kind and value is not None]

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in RESULTS}

    @property
    def quantities(self) -> dict[str, Decimal]:
        return dict(self.pairs(self.cleaned_data))


def results_initial(activity: Activity) -> dict[str, Any]:
    """The stored values; the length in hours is proposed from the times when nobody has given it, the outline of the
    type when nothing is written yet."""
    values = {name: getattr(activity, name) for name in RESULTS}
    if values["hours"] is None and activity.ends_at:
        values["hours"] = round((activity.ends_at - activity.starts_at).total_seconds() / 3600, 1)
    if not values["minutes"]:
        values["minutes"] = type_needs.needs_of(activity.type).skeleton
    return values
