"""What a reply says, in the order in which a reader wants it: shared by pages and printed letters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from handling.enums import ItemKind
from handling.models import Reply, ReplyFile, ReplyItem

TONES = {ItemKind.DONE: "success", ItemKind.PROMISED: "info", ItemKind.NOT_ADOPTED: "neutral"}
ICONS = {ItemKind.DONE: "check-circle-fill", ItemKind.PROMISED: "calendar-check", ItemKind.NOT_ADOPTED: "dash-circle"}


@dataclass(frozen=True)
class Points:
    """The points of one kind."""

    kind: str
    label: str
    tone: str
    icon: str
    items: list[ReplyItem]


@dataclass(frozen=True)
class Letter:
    """One reply as it is read. `category` in words, empty for an opinion."""

    reply: Reply
    title: str
    category: str
    points: list[Points] = field(default_factory=list)
    files: list[ReplyFile] = field(default_factory=list)


def letter_of(reply: Reply, categories: Mapping[str, str]) -> Letter:
    """Needs the assignment with unit, proposal, session and term; items and files prefetched cost nothing more."""
    return Letter(
        reply, title_of(reply), categories.get(reply.category, reply.category), points_of(reply.items.all()),
        list(reply.files.all()),
    )  # fmt: skip


def title_of(reply: Reply) -> str:
    """关于十届五次会议第12号提案的答复, …的会办意见."""
    proposal = reply.assignment.proposal
    case = f"{proposal.full_case_label}提案" if proposal.case_no else f"《{proposal}》"
    again = f"（第{reply.round}次）" if reply.round > 1 else ""
    return f"关于{case}的{'会办意见' if reply.is_opinion else '答复'}{again}"


def points_of(items: Iterable[ReplyItem]) -> list[Points]:
    """Done, promised, not adopted; kinds without a point are left out."""
    rows = list(items)
    found = []
    for kind in ItemKind:
        if chosen := [row for row in rows if row.kind == kind]:
            found.append(Points(kind, kind.label, TONES[kind], ICONS[kind], chosen))
    return found
