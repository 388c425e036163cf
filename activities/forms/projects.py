"""Supervised projects and how far they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from activities.enums import ProjectState
from activities.forms.findings import UnitField
from activities.models import Activity, SupervisedProject
from activities.services.projects import PROJECT
from core.clock import today
from core.moments import day_field
from core.prose import ProseField
from organisation.forms.fields import laid_out
from organisation.models import Office


class ProjectForm(forms.Form):
    office = forms.ModelChoiceField(label="办公室", queryset=Office.objects.none(), empty_label=None)
    name = forms.CharField(label="项目名称", max_length=120)
    year = forms.IntegerField(label="年度", min_value=2000, max_value=2100)
    unit_name = UnitField("责任单位", required=False)
    goal = ProseField(label="目标任务", rows=3, required=False)
    due_on = day_field("完成时限", required=False)

    def __init__(self, *args: Any, offices: Sequence[Office], project: SupervisedProject | None = None,
                 **kwargs: Any) -> None:  # fmt: skip
        kwargs["initial"] = (
            {name: getattr(project, name) for name in PROJECT} | {"unit_name": project.responsible}
            if project
            else {"year": today().year}
        )
        super().__init__(*args, **kwargs)
        self.offices = offices
        self.fields["office"].queryset = Office.objects.filter(pk__in=[each.pk for each in offices])
        self.fields["unit_name"].offer(offices[0])
        if project or len(offices) == 1:
            del self.fields["office"]
        first = ["office"] if "office" in self.fields else []
        self.helper = laid_out(*first, "name", ("year", "due_on"), "unit_name", "goal")

    @property
    def office_chosen(self) -> Office:
        return self.cleaned_data.get("office") or self.offices[0]

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in PROJECT}


class EntryForm(forms.Form):
    on = day_field("日期", initial=today)
    percent = forms.IntegerField(label="完成进度（%）", min_value=0, max_value=100)
    condition = forms.ChoiceField(label="状态", choices=ProjectState.choices)
    activity = forms.ModelChoiceField(
        label="在哪次活动中了解到", queryset=Activity.objects.none(), required=False, empty_label="不是在活动中"
    )
    text = ProseField(label="情况和问题", rows=4, required=False)

    def __init__(self, *args: Any, project: SupervisedProject, activity: Activity | None = None,
                 **kwargs: Any) -> None:  # fmt: skip
        kwargs["initial"] = {
            "percent": project.percent, "condition": project.condition, "activity": activity, "on": today()
        }  # fmt: skip
        super().__init__(*args, **kwargs)
        recent = Activity.objects.filter(office=project.office).exclude(state="cancelled").order_by("-starts_at")
        ids = [*recent.values_list("pk", flat=True)[:60], *([activity.pk] if activity else [])]
        self.fields["activity"].queryset = Activity.objects.filter(pk__in=ids).order_by("-starts_at")
        self.helper = laid_out(("on", "percent", "condition"), "activity", "text")

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("on", "percent", "condition", "text")}
