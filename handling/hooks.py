"""What this app offers to the lower ones: further readers, navigation, to-dos, panels of a proposal's page."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from core.navigation import Entry, register
from handling import bulk, replying, similar, standings, todos
from handling.guards import sees_assignments
from handling.models import Assignment
from handling.panels import assignments, replies, tracking
from handling.services import clocks
from handling.services.assignments import forget_plans
from notices.todos import sources
from organisation.workdays import on_change
from proposals.models import others_see
from proposals.pages.mine import wishes
from proposals.panels import parts
from proposals.services.leaving import leavers
from proposals.tables import standings as list_standings


def assigned_to(user: Any) -> Q:
    """A handling unit reads what was dispatched to it, and what was merged into that: it is answered together."""
    own = Assignment.objects.of_units(user).values("proposal_id")
    return Q(pk__in=own) | Q(merged_into__in=own)


def to_judge(user: Any) -> dict[int, str]:
    return dict.fromkeys(replying.to_judge(user).values_list("proposal_id", flat=True), "请看答复并评价")


def connect() -> None:
    others_see.register("handling", assigned_to)
    wishes.register("handling", to_judge)
    leavers.register("handling", forget_plans)
    list_standings.register("handling", standings.tell)
    sources.register("handling", todos.waiting)
    on_change.register("handling", clocks.recompute_running)
    register(Entry("assignment_list", "提案办理", "clipboard-check", "建言", sees_assignments, order=33, tab=True,
                   tab_label="办理", tab_order=33))  # fmt: skip
    assignments.install(parts)
    bulk.install()
    replies.install()
    tracking.install()
    similar.connect()
