"""Heads and pages of supervised projects."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from activities.enums import ProjectState
from activities.models import SupervisedProject
from activities.pages.heads import HOME
from activities.permissions import followup as record_rights
from core.pages import Link, Page
from core.templatetags.ui import cn_date

LIST = "督查项目"
TONES = {
    ProjectState.GOING: "info",
    ProjectState.SLOW: "warning",
    ProjectState.STUCK: "danger",
    ProjectState.DONE: "success",
}


def list_page(user: Any) -> Page:
    new = Link("新增项目", reverse("project_create"), "primary", "plus-lg")
    lead = "十件实事、重点项目等督查对象，进度随各次活动更新。"
    links = [new] if record_rights.can_keep_project(user) else []
    return Page(LIST, lead=lead, breadcrumbs=[HOME, (LIST, "")], actions=links)


def form_page(title: str, project: SupervisedProject | None = None) -> Page:
    here = [HOME, (LIST, reverse("project_list"))]
    if project is not None:
        here.append((project.name, project.get_absolute_url()))
    return Page(title, lead=project.name if project else "", breadcrumbs=[*here, (title, "")])


def standing(project: SupervisedProject) -> tuple[str, str]:
    """State in words, and its colour."""
    if project.is_overdue:
        return "已过时限", "danger"
    state = ProjectState(project.condition)
    return state.label, TONES[state]


def detail(user: Any, project: SupervisedProject) -> dict[str, Any]:
    words, tone = standing(project)
    links = []
    if record_rights.can_manage_project(user, project):
        links = [
            Link("登记进度", reverse("project_entry", args=[project.pk]), "primary", "graph-up"),
            Link("修改", reverse("project_edit", args=[project.pk]), icon="pencil"),
        ]
    crumbs = [HOME, (LIST, reverse("project_list")), (project.name, "")]
    lead = f"{project.year}年 · {project.office.short_name}"
    facts = [
        ("责任单位", project.responsible), ("完成时限", cn_date(project.due_on)), ("完成进度", f"{project.percent}%")
    ]  # fmt: skip
    return {
        "page": Page(project.name, lead=lead, breadcrumbs=crumbs, actions=links, badge=words, badge_tone=tone),
        "project": project,
        "facts": [pair for pair in facts if pair[1]],
        "entries": [
            (entry, TONES[ProjectState(entry.condition)])
            for entry in project.entries.select_related("activity", "recorded_by")
        ],
    }
