"""Promised items on a proposal's page."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from accounts.roles import Can
from audit import labels
from core.components import Task
from core.navigation import Entry, register
from core.templatetags.ui import cn_date
from handling import promises
from handling.ledger import shortened
from handling.models import ReplyItem
from handling.services.replies import after_passing
from handling.services.tracking import promises_made
from notices.todos import sources
from organisation.selectors import grants
from proposals.enums import HANDLED
from proposals.panels import Panel, Part, Sight, parts


def panels(sight: Sight) -> list[Panel]:
    """For everybody who sees the proposal; nothing before a reply promises something."""
    if sight.proposal.state not in HANDLED:
        return []
    tasks = [task(row) for row in promises.of_proposal(sight.proposal)]
    return [Panel("handling/_promises.html", {"tasks": tasks})] if tasks else []


def task(item: ReplyItem) -> Task:
    words, tone = promises.in_words(item)
    moved = f"，改期到{cn_date(item.current)}" if item.rounds > 1 else ""
    note = f"{item.reply.assignment.unit.name}承诺{cn_date(item.promised_on)}落实{moved}"
    return Task(shortened(item.text), reverse("promise_detail", args=[item.pk]), note=note, due=words, tone=tone)


PROMISE_ACTS = {
    "promise": "承诺事项",
    "promise.report": "填报落实情况",
    "promise.accepted": "核实落实情况",
    "promise.sent_back": "退回落实情况",
}


def works_with_it(user: Any) -> bool:
    """Members find their promises on the proposal's page and among the to-dos."""
    held = grants(user)
    return held.holds(Can.VIEW_PROPOSALS) or bool(held.unit_ids)


def install() -> None:
    for act, name in PROMISE_ACTS.items():
        labels.register(act, name)
    parts.add(Part("promises", 60, panels=panels))
    sources.register("promises", promises.todos)
    after_passing.register("promises", promises_made)
    register(Entry("promise_list", "承诺台账", "calendar-check", "督办与评优", works_with_it, order=37))
