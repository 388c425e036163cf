"""A member's home page: two things to start, what is coming, what came back, this year's own figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.urls import reverse

from activities.enums import Reply
from activities.models import Activity
from activities.todos import upcoming
from core.clock import today
from members import dossier
from members.authors import member_of
from members.models import Member

COMING = 5


@dataclass(frozen=True)
class Entrance:
    """A large card that leads somewhere."""

    title: str
    note: str
    url: str
    icon: str


@dataclass(frozen=True)
class MemberPanel:
    """`figures` are those of the member's file for `year`, the same as on the page “我的履职”."""

    member: Member
    year: int
    entrances: Sequence[Entrance]
    coming: Sequence[Activity]
    figures: Sequence[dossier.Figure]

    @property
    def record_url(self) -> str:
        return reverse("my_record")


def panel(user: Any) -> MemberPanel | None:
    """None while the account has no member's file."""
    member = member_of(user)
    if member is None:
        return None
    year = today().year
    figures = [figure for chapter in dossier.chapters(member, user, year) for figure in chapter.content.figures]
    return MemberPanel(member, year, entrances(), coming(member), figures)


def entrances() -> list[Entrance]:
    return [
        Entrance("写提案", "一事一案，写清情况、分析和建议，可以随时保存。", reverse("proposal_new"), "pencil-square"),
        Entrance("报社情民意", "把听到的、看到的如实反映，几句话也可以。", reverse("opinion_new"), "chat-square-text"),
    ]


def coming(member: Member) -> list[Activity]:
    """What the member is invited to and has not turned down, next first; with `own_reply`."""
    rows = (
        upcoming()
        .filter(attendances__member=member)
        .annotate(own_reply=F("attendances__reply"), own_state=F("attendances__state"))
    )
    going = rows.exclude(own_reply=Reply.DECLINED).exclude(attendances__member=member, attendances__state="leave")
    return list(going.select_related("type").order_by("starts_at")[:COMING])
