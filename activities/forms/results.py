"""Minutes, outcome and quantities."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms

from activities.models import Activity
from activities.services import RESULTS
from core.prose import ProseField


class ResultsForm(forms.Form):
    """Minutes, outcome and the quantities targets may sum."""

    minutes = ProseField(label="活动记录", rows=12, required=False, help_text="时间、到场人员、过程、主要发言。")
    outcome = ProseField(label="成效与建议", rows=6, required=False, help_text="形成的意见建议、解决的问题、后续办理。")
    hours = forms.DecimalField(label="时长（小时）", required=False, min_value=0, max_digits=6, decimal_places=1)
    households = forms.IntegerField(label="走访户数", required=False, min_value=0, max_value=100_000)
    copies = forms.IntegerField(label="资料份数", required=False, min_value=0, max_value=10_000_000)
    amount = forms.DecimalField(label="金额（元）", required=False, min_value=0, max_digits=12, decimal_places=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "minutes", "outcome", Div("hours", "households", "copies", "amount", css_class="field-grid")
        )


def results_initial(activity: Activity) -> dict[str, Any]:
    """The stored values; the length in hours is proposed from the times when nobody has given it."""
    values = {name: getattr(activity, name) for name in RESULTS}
    if values["hours"] is None and activity.ends_at:
        values["hours"] = round((activity.ends_at - activity.starts_at).total_seconds() / 3600, 1)
    return values
