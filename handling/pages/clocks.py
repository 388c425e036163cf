"""The pages about one deadline."""

from __future__ import annotations

from typing import Any

from core.clock import chinese_date
from core.pages import Page
from core.templatetags.ui import cn_datetime
from core.workdays import Length, Unit
from handling import faces
from handling.models import Clock, Extension
from handling.services.reminders import obstacle
from handling.services.requests import outlook
from proposals.pages import crumbs


def page(user: Any, clock: Clock, title: str) -> Page:
    unit = f"{clock.assignment.unit.name} · " if clock.assignment else ""
    lead = f"{unit}{clock.get_stage_display()}期限"
    return Page(f"{title}：{clock.proposal}", lead=lead, breadcrumbs=crumbs(user, clock.proposal, title))


def context(clock: Clock) -> dict[str, Any]:
    return {"face": faces.face(clock), "asked": [], "warning": "", "warning_title": ""}


def reminding(clock: Clock) -> dict[str, Any]:
    return {**context(clock), "warning": obstacle(clock), "warning_title": "现在还不能催办"}


def decision(asked: Extension) -> dict[str, Any]:
    """What was asked for, and where it would lead."""
    found = outlook(asked.clock, Length(asked.amount, Unit(asked.unit)))
    rows = [
        ("申请", str(asked)),
        ("理由", asked.reason),
        ("申请人", f"{asked.by.name}，{cn_datetime(asked.at)}"),
        ("同意后的期限", chinese_date(found.day)),
    ]
    return {**context(asked.clock), "asked": rows, "warning": found.warning, "warning_title": "超过最长时间"}
