"""Supervised projects and what was seen of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from activities.enums import ProjectState
from activities.models import Activity, ProjectEntry, SupervisedProject
from activities.permissions import followup as record_rights
from activities.services.keeping import known_unit
from audit.services import changes, record
from core.clock import today
from core.errors import DomainError
from organisation.models import Office

#: What the form of a project sets.
PROJECT = ("name", "year", "unit_name", "goal", "due_on")


def save_project(*, by: Any, office: Office, values: Mapping[str, Any],
                 project: SupervisedProject | None = None) -> SupervisedProject:  # fmt: skip
    """A new project or a changed one; `values` are PROJECT. Raises Denied, DomainError."""
    record_rights.can_keep_project(by, office).require()
    with transaction.atomic():
        Office.objects.select_for_update().get(pk=office.pk)
        same = SupervisedProject.objects.filter(office=office, year=values["year"], name=values["name"])
        if same.exclude(pk=getattr(project, "pk", None)).exists():
            raise DomainError("这一年已有同名的督查项目。", field="name")
        mine = project or SupervisedProject(office=office)
        before = {name: getattr(mine, name) for name in PROJECT}
        for name in PROJECT:
            setattr(mine, name, values[name])
        mine.unit = known_unit(values["unit_name"])
        mine.save()
        record(f"project.{'update' if project else 'create'}", mine, by=by, detail=changes(before, dict(values)))
    return mine


def add_entry(*, by: Any, project: SupervisedProject, values: Mapping[str, Any],
              activity: Activity | None = None) -> ProjectEntry:  # fmt: skip
    """How far it is: `values` on, percent, condition, text. The project shows its newest entry.

    Raises Denied, DomainError.
    """
    with transaction.atomic():
        locked = SupervisedProject.objects.select_for_update(of=("self",)).get(pk=project.pk)
        record_rights.can_manage_project(by, locked).require()
        refuse_nonsense(values)
        if activity is not None and activity.office_id != locked.office_id:
            raise DomainError("只能选本办公室的活动。", field="activity")
        entry = ProjectEntry.objects.create(project=locked, activity=activity, recorded_by=by, **values)
        newest = locked.entries.first()
        locked.percent, locked.condition = newest.percent, newest.condition
        locked.save(update_fields=["percent", "condition"])
        detail = {"percent": entry.percent, "on": str(entry.on), "activity": activity.pk if activity else None}
        record("project.entry", locked, by=by, detail=detail)
    return entry


def refuse_nonsense(values: Mapping[str, Any]) -> None:
    if values["on"] > today():
        raise DomainError("日期不能晚于今天。", field="on")
    if values["condition"] == ProjectState.DONE and values["percent"] != 100:
        raise DomainError("状态为“已完成”时，进度应为 100%。", field="percent")
