"""Collections: the office's list and the page of one."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Can
from core.components import Task
from core.pages import Link, Page
from core.templatetags.ui import cn_datetime
from organisation.selectors import can, committee_of
from proposals.enums import RECEIVED
from proposals.models import Batch
from proposals.permissions import can_write


def stage(batch: Batch) -> tuple[str, str]:
    """How it stands, in a word and a colour, by the times that are published."""
    now = timezone.now()
    if now < batch.opens_at:
        return "未开始", "neutral"
    return ("征集中", "success") if now < batch.closes_at else ("已截止", "neutral")


def times(batch: Batch) -> str:
    return f"{cn_datetime(batch.opens_at)} 至 {cn_datetime(batch.closes_at)}"


def batches(user: Any) -> dict[str, Any]:
    office = committee_of(user)
    handed_in = Count("proposals", filter=Q(proposals__state__in=RECEIVED))
    rows = list(Batch.objects.filter(office=office).annotate(received=handed_in)[:60])
    new = Link("发起征集", reverse("batch_new"), "primary", "megaphone")
    actions = [new] if can(user, Can.RECEIVE_PROPOSALS, office) else []
    return {
        "page": Page("提案征集", lead="规定时间内集中征集提案。", actions=actions),
        "tasks": [Task(str(row), row.get_absolute_url(), note=f"{times(row)} · 收到 {row.received} 件",
                       due=stage(row)[0], tone=stage(row)[1]) for row in rows],
    }  # fmt: skip


def batch(user: Any, batch: Batch) -> dict[str, Any]:
    works = bool(can(user, Can.RECEIVE_PROPOSALS, batch.office))
    word, tone = stage(batch)
    actions = [Link("修改", reverse("batch_edit", args=[batch.pk]), icon="pencil-square")] if works else []
    if can_write(user) and word == "征集中":
        actions.append(Link("写提案", reverse("proposal_new"), "primary", "pencil-square"))
    sees = bool(can(user, Can.VIEW_PROPOSALS))
    return {
        "page": Page(str(batch), breadcrumbs=[("提案征集", reverse("batch_list") if sees else ""), (str(batch), "")],
                     actions=actions, badge=word, badge_tone=tone),
        "batch": batch,
        "facts": [("时间", times(batch)), ("受理机构", batch.office.short_name),
                  ("统计", "会议期间的提案" if batch.in_plenary else "按提交日期"),
                  *([("宽限", f"{batch.grace_minutes} 分钟（不对外公布）")] if works else [])],
        "received": batch.proposals.filter(state__in=RECEIVED).count() if sees else None,
    }  # fmt: skip
