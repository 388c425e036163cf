"""What waits in a manuscript's life: to review, to sign, sent back."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from accounts.roles import Can
from notices.todos import Todo, sources
from organisation.selectors import grants
from reports.enums import ManuscriptState as State
from reports.models import Manuscript


def todos(user: Any) -> list[Todo]:
    """Reviewing and signing of the offices whose turn it is with this person; what came back, to whoever drafts."""
    known, address, rows = grants(user), reverse("manuscript_list"), Manuscript.objects.all()
    waiting = (
        ("待核稿的文稿", State.SUBMITTED, Can.REVIEW_REPORTS, "pencil-square", False),
        ("待签发的文稿", State.REVIEWED, Can.APPROVE_REPORTS, "patch-check", False),
        ("退回修改的文稿", State.RETURNED, Can.EDIT_REPORTS, "arrow-counterclockwise", True),
    )
    return [
        Todo(label, rows.filter(state=state, office_id__in=offices), f"{address}?state={state}", icon, urgent)
        for label, state, right, icon, urgent in waiting
        if (offices := known.where(right))
    ]  # fmt: skip


def install() -> None:
    sources.register("manuscripts", todos)
