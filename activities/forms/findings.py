"""Findings and what becomes of them."""

from __future__ import annotations

from typing import Any

from django import forms

from activities.enums import Adoption, Progress
from activities.models import Finding
from activities.selectors.followup import unit_names
from activities.services.findings import WORDING
from activities.type_needs import FINDING_KIND
from core.clock import today
from core.fields import SuggestInput
from core.moments import day_field
from core.prose import ProseField
from organisation.forms.fields import laid_out
from organisation.models import Office
from organisation.selectors import offered


class UnitField(forms.CharField):
    """A unit by name, those of the committee's list offered."""

    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(label=label, max_length=60, widget=SuggestInput, **options)

    def offer(self, office: Office) -> None:
        self.widget.names = unit_names(office)


class FindingForm(forms.Form):
    kind = forms.ChoiceField(label="类别")
    noted_on = day_field("提出日期", required=False, help_text="不填则为活动当天。")
    text = ProseField(label="内容", rows=4, help_text="一条写一件事。")
    proposed = ProseField(label="建议措施", rows=3, required=False)
    unit_name = UnitField("涉及单位", required=False)

    def __init__(self, *args: Any, office: Office, finding: Finding | None = None, **kwargs: Any) -> None:
        if finding is not None:
            kwargs["initial"] = {name: getattr(finding, name) for name in WORDING} | {"unit_name": finding.target}
            self.base_day = finding.noted_on
        super().__init__(*args, **kwargs)
        current = finding.kind if finding else ""
        self.fields["kind"].choices = [("", "请选择"), *offered(FINDING_KIND, office, current)]
        self.fields["unit_name"].offer(office)
        self.helper = laid_out(("kind", "noted_on"), "text", "proposed", "unit_name")

    def clean_noted_on(self) -> Any:
        return self.cleaned_data["noted_on"] or getattr(self, "base_day", None)

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in WORDING}


class SendUpForm(forms.Form):
    sent_to = forms.CharField(label="报送对象", max_length=60)
    sent_on = day_field("报送日期", initial=today)
    document_no = forms.CharField(label="文号", max_length=60, required=False, help_text="没有文号可以不填。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = laid_out("sent_to", ("sent_on", "document_no"))


class InstructionForm(forms.Form):
    leader = forms.CharField(label="批示人", max_length=40)
    duty = forms.CharField(label="职务", max_length=60, required=False)
    on = day_field("批示日期", initial=today)
    text = ProseField(label="批示内容", rows=4)
    restricted = forms.BooleanField(
        label="限阅",
        required=False,
        initial=True,
        help_text="只有承办活动的办公室和领导能看到内容，其他人只知道有批示。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = laid_out(("leader", "duty"), "on", "text", "restricted")


class HandOverForm(forms.Form):
    unit_name = UnitField("责任单位")
    due_on = day_field("办结期限")

    def __init__(self, *args: Any, finding: Finding, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"unit_name": finding.target, "due_on": finding.due_on})
        super().__init__(*args, **kwargs)
        self.fields["unit_name"].offer(finding.activity.office)
        self.helper = laid_out(("unit_name", "due_on"))


class ImplementForm(forms.Form):
    resolved_on = day_field("落实日期", initial=today)
    result = ProseField(label="落实情况", rows=4)


class FollowUpForm(forms.Form):
    on = day_field("日期", initial=today)
    progress = forms.ChoiceField(label="进展", choices=Progress.choices)
    text = ProseField(label="情况", rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = laid_out(("on", "progress"), "text")


class AdoptionForm(forms.Form):
    adoption = forms.ChoiceField(label="采纳情况", choices=Adoption.choices)
    on = day_field("采纳日期", required=False, help_text="选“采纳”时填写。")

    def __init__(self, *args: Any, finding: Finding, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"adoption": finding.adoption, "on": finding.adopted_on})
        super().__init__(*args, **kwargs)
        self.helper = laid_out(("adoption", "on"))
