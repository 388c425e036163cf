"""Look-back: a round, the filter that adds proposals, a finding, the summary."""

from __future__ import annotations

from typing import Any

from django import forms

from core.clock import today
from core.moments import day_field
from core.prose import ProseField
from organisation.forms.fields import laid_out
from organisation.models import HandlingUnit, Office, Session
from organisation.selectors import code_choices, offered
from proposals.defaults import CATEGORY
from proposals.enums import HANDLED, ProposalKind, ProposalState
from supervision.defaults import LOOK_BACK_FINDING
from supervision.forms.fields import upload_field, year_field
from supervision.models import LookBackCase


class RoundForm(forms.Form):
    title = forms.CharField(label="名称", max_length=80, help_text="例如：2026年党派团体提案办理情况回头看")
    year = year_field("年度")
    scope = forms.CharField(label="范围", max_length=200, required=False, help_text="例如：去年以来党派、团体的提案。")


class ScopeForm(forms.Form):
    """Which proposals come into the round; what is left empty does not limit."""

    year = forms.IntegerField(label="立案年度", required=False, min_value=1990, max_value=2100)
    session = forms.ModelChoiceField(Session.objects.none(), label="届次", required=False, empty_label="全部")
    kind = forms.ChoiceField(label="类别", required=False, choices=[("", "全部"), *ProposalKind.choices])
    collective_kind = forms.ChoiceField(label="集体类型", required=False)
    category = forms.ChoiceField(label="分类", required=False)
    state = forms.ChoiceField(label="现在的状态", required=False)
    unit = forms.ModelChoiceField(HandlingUnit.objects.none(), label="承办单位", required=False, empty_label="全部")

    def __init__(self, *args: Any, office: Office, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = [(state.value, state.label) for state in ProposalState if state in HANDLED]
        self.fields["state"].choices = [("", "全部"), *labels]
        self.fields["category"].choices = [("", "全部"), *code_choices(CATEGORY, office)]
        self.fields["collective_kind"].choices = [("", "全部"), *code_choices("collective_kind", office)]
        self.fields["session"].queryset = Session.objects.filter(term__office=office).select_related("term")
        self.fields["unit"].queryset = HandlingUnit.objects.filter(office=office)
        self.helper = laid_out(("year", "session"), ("kind", "collective_kind"), ("category", "state"), "unit")


class FindingForm(forms.Form):
    finding = forms.ChoiceField(label="情况", widget=forms.RadioSelect)
    day = day_field("回看日期", initial=today)
    text = ProseField(label="说明", rows=5, help_text="看到了什么，答复里写的事项现在怎么样。")
    upload = upload_field("照片或材料")

    def __init__(self, *args: Any, case: LookBackCase, **kwargs: Any) -> None:
        if case.finding:
            kwargs.setdefault("initial", {"finding": case.finding, "day": case.day, "text": case.text})
        super().__init__(*args, **kwargs)
        self.fields["finding"].choices = offered(LOOK_BACK_FINDING, case.round.office, case.finding)
        self.helper = laid_out("finding", "day", "text", "upload")


class SummaryForm(forms.Form):
    summary = ProseField(label="总结", rows=8, help_text="看了多少件，落实得怎样，有哪些问题，下一步怎么办。")
