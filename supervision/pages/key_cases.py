"""The page of a key proposal."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from core.components import Photo
from core.pages import Link, Page
from core.templatetags.ui import cn_date
from core.workflow import history
from handling.models import Assignment
from organisation.selectors import code_labels
from supervision import permissions
from supervision.defaults import SUPERVISION_WAY
from supervision.forms.key_cases import TaskForm
from supervision.models import KeyCase, KeyRecord, KeyTask
from supervision.workflow import KEY_CASES

TOP = ("重点提案", "/key-proposals/")


def crumbs(user: Any, case: KeyCase, *more: str) -> list[tuple[str, str]]:
    return [TOP, (str(case)[:40], case.get_absolute_url() if more else ""), *((label, "") for label in more)]


def detail(user: Any, case: KeyCase) -> dict[str, Any]:
    page = Page(
        str(case), lead=f"{case.year}年度重点提案 · {case.proposal.full_case_label}", breadcrumbs=crumbs(user, case),
        badge=case.state_label, badge_tone=case.tone,
    )  # fmt: skip
    editable = bool(permissions.can_edit_case(user, case))
    return {
        "page": page, "case": case, "links": links(user, case), "actions": actions(user, case), "facts": facts(case),
        "tasks": tasks(case), "may_edit": editable, "task_form": TaskForm() if editable else None,
        "records": records(case), "events": history(case),
    }  # fmt: skip


def tasks(case: KeyCase) -> list[tuple[KeyTask, str, str, str]]:
    """(task, who and until when, how it stands, tone)."""
    return [(task, duty(task), *how(task)) for task in case.tasks.all()]


def duty(task: KeyTask) -> str:
    return f"责任人（单位）：{task.who}" + (f"，{cn_date(task.until)}前完成" if task.until else "")


def how(task: KeyTask) -> tuple[str, str]:
    if task.done_on:
        return f"{cn_date(task.done_on)}完成", "success"
    return ("已超期", "danger") if task.is_late else ("未完成", "neutral")


def actions(user: Any, case: KeyCase) -> list[Any]:
    """The office's steps; a leader who only supervises sees none."""
    if not permissions.works(user, case):
        return []
    return KEY_CASES.actions(user, case, url=lambda name: reverse("key_case_act", args=[case.pk, name]))


def links(user: Any, case: KeyCase) -> list[Link]:
    found = []
    if permissions.can_add_record(user, case):
        leading = permissions.leads(user, case)
        label = "提出督办要求" if leading else "登记督办记录"
        found.append(Link(label, reverse("key_record_new", args=[case.pk]), "primary", "pencil-square"))
    if permissions.can_edit_case(user, case):
        found.append(Link("修改", reverse("key_case_edit", args=[case.pk]), icon="pencil"))
    return found


def facts(case: KeyCase) -> list[tuple[str, Any]]:
    units = Assignment.objects.live().filter(proposal=case.proposal).select_related("unit")
    return [
        ("督办领导", case.leader_name),
        ("组织督办", case.committee.name if case.committee else ""),
        ("提案人", case.proposal.proposers_label),
        ("承办单位", "、".join(str(row) for row in units)),
        ("提案状态", case.proposal.state_label),
    ]


def records(case: KeyCase) -> list[tuple[KeyRecord, str, list[Photo], list[Any]]]:
    """(record, how it was done, photos, documents), newest first."""
    ways = code_labels(SUPERVISION_WAY)
    found = []
    for row in case.records.select_related("by").prefetch_related("files__file", "files__thumbnail"):
        files = list(row.files.all())
        way = "督办要求" if row.is_instruction else ways.get(row.way, row.way)
        found.append((row, way, [photo(each, row) for each in files if each.thumbnail_id],
                      [each for each in files if not each.thumbnail_id]))  # fmt: skip
    return found[::-1]


def photo(each: Any, row: KeyRecord) -> Photo:
    url, small = reverse("key_file", args=[each.pk]), each.thumbnail
    alt = f"{row.day}督办照片{each.order + 1}"
    return Photo(f"{url}?small=1", url, alt, width=small.width or 320, height=small.height or 240)
