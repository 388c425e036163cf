"""Puts a person's home page together: first what waits, then the panels of each role held."""

from __future__ import annotations

from typing import Any

from core.clock import today
from core.components import Task
from core.pages import Page
from core.templatetags.ui import cn_day
from dashboard import administration, leader, member, office
from handling import desk
from notices.todos import Todo, waiting_for
from organisation.selectors import grants, home_office

#: Roles whose list is shown even when nothing waits.
WORKING = frozenset({"staff", "head", "member"})


def context(user: Any) -> dict[str, Any]:
    roles = grants(user).roles
    work = office.panel(user) if roles & {"staff", "head"} else None
    tasks = [task(todo) for todo in waiting_for(user)]
    return {
        "page": head(user, bool(work)),
        "tasks": tasks,
        "has_tasks": bool(tasks or roles & WORKING),
        "office": work,
        "leader": leader.panel(user) if "leader" in roles else None,
        "member": member.panel(user) if "member" in roles else None,
        "unit": desk.of(user),
        "entrances": administration.entrances(user),
        "figures": administration.figures(user),
        "no_role": not roles,
    }


def head(user: Any, works_in_office: bool) -> Page:
    where = home_office(user)
    lead = " · ".join(part for part in (cn_day(today()), where.short_name if where else "") if part)
    return Page(f"{user.name}，您好", lead, actions=office.quick_links(user) if works_in_office else [])


def task(todo: Todo) -> Task:
    """Urgency is said in words, the colour only repeats it."""
    return Task(
        todo.label, todo.url, note="请尽快办理" if todo.urgent else "", due=f"{todo.count} 项",
        tone="danger" if todo.urgent else "info",
    )  # fmt: skip
