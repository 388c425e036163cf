"""A proposal on one page: its head, its text, and what the parts of `proposals.panels` add."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from core.pages import Link
from core.templatetags.ui import cn_datetime
from core.workflow import Action, history
from core.writing import own_side
from organisation.selectors import code_labels
from proposals.defaults import CATEGORY
from proposals.enums import SIGNING, WRITABLE, ProposalState
from proposals.models import Proposal
from proposals.pages.heads import head
from proposals.panels import Sight, parts
from proposals.permissions import can_edit, is_proposer
from proposals.rules import PARTS
from proposals.workflow import BY_PROPOSERS, FLOW

#: Steps of the proposers' side; all others are the office's. Submitting is done on the writing page.
OWN_STEPS = frozenset(each.name for each in BY_PROPOSERS)


def detail(user: Any, proposal: Proposal) -> dict[str, Any]:
    """Everything on a proposal's page, as far as this user may see it."""
    sight, events = Sight(user, proposal), history(proposal)
    shown = parts.gathered("panels", sight)
    return {
        "page": head(user, proposal),
        "proposal": proposal,
        "call": why_returned(sight, events),
        "links": [*links(user, proposal), *parts.gathered("links", sight)],
        "actions": actions(sight),
        "text": [(label, getattr(proposal, name)) for name, label in PARTS.items()],
        "facts": [(label, value) for label, value in facts(proposal) if value],
        "main": [panel for panel in shown if not panel.side],
        "side": [panel for panel in shown if panel.side],
        "events": events,
    }


def actions(sight: Sight) -> list[Action]:
    if not sight.own and not sight.reads_all:
        return []
    found = own_side(FLOW, sight.user, sight.proposal, "proposal_act", sight.own, OWN_STEPS)
    # Writers, co-signers and convenors each have their own steps: what is another one's is no button here.
    return [each for each in found if each.allowed] if sight.own else found


def why_returned(sight: Sight, events: list[Any]) -> str:
    """What the proposer must know first: why it came back."""
    if sight.proposal.state not in WRITABLE | SIGNING or not sight.own:
        return ""
    returned = [event for event in events if event.name == "return"]
    return returned[-1].reason if returned else ""


def links(user: Any, proposal: Proposal) -> list[Link]:
    if not is_proposer(user, proposal):
        return []
    pk = proposal.pk
    found = []
    if can_edit(user, proposal):
        label = "继续写" if proposal.state == ProposalState.DRAFT else "修改提案"
        found.append(Link(label, reverse("proposal_edit", args=[pk]), "primary", "pencil-square"))
    if proposal.submitted_at:
        found.append(Link("查看回执", reverse("proposal_receipt", args=[pk]), icon="receipt"))
    elif can_edit(user, proposal):
        found.append(Link("删除草稿", reverse("proposal_discard", args=[pk]), "danger", "trash3", post=True))
    return found


def facts(proposal: Proposal) -> list[tuple[str, Any]]:
    period = "会议期间" if proposal.in_plenary else "闭会期间"
    return [
        ("案号", proposal.full_case_label),
        ("提案人", proposal.proposers_label),
        ("联络处", proposal.home_office.short_name),
        ("受理机构", proposal.office.short_name),
        ("类别", proposal.get_kind_display()),
        ("分类", code_labels(CATEGORY).get(proposal.category, proposal.category)),
        ("建议承办单位", proposal.wished_units),
        ("是否同意公开", "同意" if proposal.may_publish else "不同意"),
        ("提交时间", f"{cn_datetime(proposal.submitted_at)}（{period}）" if proposal.submitted_at else ""),
        ("立案时间", cn_datetime(proposal.filed_at)),
    ]
