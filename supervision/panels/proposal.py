"""On a proposal's page: key proposal, awards, look-back findings, and whether the public may read it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from core.components import Task
from core.pages import Link
from core.templatetags.ui import cn_date
from organisation.selectors import code_labels
from proposals.enums import NUMBERED
from proposals.panels import Panel, Part, Sight
from supervision.defaults import LOOK_BACK_FINDING
from supervision.enums import SUPERVISED, Clearance, ElectionState, KeyState
from supervision.models import KeyCase, LookBackCase, Nomination, Publication
from supervision.services.publication import refusal


def key_panels(sight: Sight) -> list[Panel]:
    """Everybody learns that it is supervised, by whom and with what result; the office sees candidates too."""
    if sight.proposal.state not in NUMBERED:
        return []
    rows = list(KeyCase.objects.filter(proposal=sight.proposal))
    shown = [row for row in rows if row.state in SUPERVISED or sight.reads_all]
    awards = list(Nomination.objects.filter(
        proposal=sight.proposal, elected=True, election__state=ElectionState.PUBLISHED
    ).select_related("election"))  # fmt: skip
    tasks = [key_task(row, sight) for row in shown]
    found = []
    if awards:
        found.append(Panel("supervision/_award.html", {"awards": [row.election for row in awards]}))
    if tasks or (sight.works and not rows):
        results = [row.result for row in shown if row.result]
        new = "" if not sight.works or has_live(rows) else reverse("key_case_new", args=[sight.proposal.pk])
        found.append(Panel("supervision/_key_case.html", {"tasks": tasks, "results": results, "new_url": new}))
    return found


def has_live(rows: list[KeyCase]) -> bool:
    return any(row.state in (KeyState.CANDIDATE, KeyState.CONFIRMED) for row in rows)


def key_task(row: KeyCase, sight: Sight) -> Task:
    """Linked for those who may open the case's page."""
    leader = f"督办领导：{row.leader_name}" if row.leader_name else "还没有确定督办领导"
    opens = sight.reads_all or row.leader_id == sight.user.pk
    url = row.get_absolute_url() if opens else row.proposal.get_absolute_url()
    return Task(f"{row.year}年度重点提案", url, note=leader, due=row.state_label, tone=row.tone)


def look_back_panels(sight: Sight) -> list[Panel]:
    """What was found, for the office's side."""
    if sight.proposal.state not in NUMBERED or not sight.reads_all:
        return []
    labels = code_labels(LOOK_BACK_FINDING)
    rows = LookBackCase.objects.filter(proposal=sight.proposal).select_related("round")
    tasks = [
        Task(str(row.round), row.round.get_absolute_url(), note=row.text[:80],
             due=labels.get(row.finding, row.finding) or "待回看", tone="info" if row.finding else "neutral")
        for row in rows
    ]  # fmt: skip
    return [Panel("supervision/_look_back.html", {"tasks": tasks}, side=True)] if tasks else []


def public_panels(sight: Sight) -> list[Panel]:
    """Whether the public reads it and why not: the office decides, the proposers know."""
    proposal = sight.proposal
    if proposal.state not in NUMBERED or not (sight.works or sight.own or sight.reads_all):
        return []
    row = Publication.objects.filter(proposal=proposal).select_related("by").first()
    words, tone, facts = standing(sight, row)
    url = reverse("publication_edit", args=[proposal.pk]) if sight.works else ""
    link = Link("审定公开" if row is None else "重新审定", url, icon="globe2") if url else None
    public_url = row.get_absolute_url() if row and words == Clearance.CLEARED.label else ""
    context = {"words": words, "tone": tone, "facts": facts, "link": link, "public_url": public_url}
    return [Panel("supervision/_publication.html", context, side=True)]


def standing(sight: Sight, row: Publication | None) -> tuple[str, str, list[tuple[str, Any]]]:
    """(words, tone, facts)."""
    if why := refusal(sight.proposal):
        return "不公开", "neutral", [("原因", why)]
    if row is None:
        return "待审定", "info", []
    facts = [("审定", f"{row.by.name}，{cn_date(row.at)}")] if sight.reads_all else [("审定", cn_date(row.at))]
    if row.reason:
        facts.append(("理由", row.reason))
    return row.get_decision_display(), "success" if row.decision == Clearance.CLEARED else "neutral", facts


PARTS = (
    Part("key_case", 62, panels=key_panels),
    Part("look_back", 64, panels=look_back_panels),
    Part("publication", 66, panels=public_panels),
)
