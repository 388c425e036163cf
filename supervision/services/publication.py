"""Clearing proposals for the public page, and taking them off it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils import timezone

from audit.services import record
from core.errors import Denied, DomainError
from handling.answering import answered_one, proposers_of
from handling.enums import ANSWERING, ReplyState
from handling.models import Reply
from notices.services import tell
from organisation.selectors import rule
from proposals.enums import NUMBERED
from proposals.models import Proposal
from supervision.defaults import PUBLIC_NAMES
from supervision.enums import Clearance
from supervision.models import Publication
from supervision.permissions import can_clear
from supervision.redaction import masked, unnamed

TEXTS = ("subject", "background", "analysis", "suggestions")
NOT_AGREED = "提案人不同意公开"
NAMES_LENGTH = 400


@transaction.atomic
def clear(*, proposal: Proposal, by: Any, with_replies: bool = True) -> Publication:
    """审定公开: the text as it stands now, without personal numbers, and the replies delivered so far.

    Raises Denied, or DomainError when the proposers did not agree or it is not filed.
    """
    locked = Proposal.objects.select_for_update(of=("self",)).select_related("office").get(pk=proposal.pk)
    can_clear(by, locked).require()
    if why := refusal(locked):
        raise DomainError(f"《{locked}》不能公开：{why}。")
    now = timezone.now()
    values = {name: text[:80] if name == "subject" else text for name, text in public_texts(locked).items()}
    values |= {"decision": Clearance.CLEARED, "reason": "", "by": by, "at": now, "proposers": names(locked)}
    made, _ = Publication.objects.update_or_create(proposal=locked, defaults=values)
    first = made.first_public_at is None
    if first:
        made.first_public_at = now
        made.save(update_fields=["first_public_at"])
    made.replies.set(delivered(locked) if with_replies else [])
    record("publication.clear", locked, by=by, detail={"replies": made.replies.count()})
    if first:
        people = [row.member.user for row in locked.proposers.select_related("member__user")]
        tell(people, f"您的提案《{str(locked)[:60]}》已审定公开。", url=locked.get_absolute_url())
    return made


def public_texts(proposal: Proposal) -> dict[str, str]:
    """What the public would read: no numbers of persons, and no names of proposers where the rule hides them."""
    hidden = hidden_names(proposal)
    return {name: unnamed(masked(getattr(proposal, name)), hidden) for name in TEXTS}


def hidden_names(proposal: Proposal) -> list[str]:
    """Names of those who are answered, when they are not to be shown."""
    return [] if names(proposal) else [row.member.name for row in proposers_of(answered_one(proposal))]


def refusal(proposal: Proposal) -> str:
    """Why the office cannot clear it; empty when it can."""
    if not proposal.may_publish:
        return f"{NOT_AGREED}（{proposal.unpublish_reason}）" if proposal.unpublish_reason else NOT_AGREED
    return "" if proposal.state in NUMBERED else f"现在是“{proposal.state_label}”"


def names(proposal: Proposal) -> str:
    """By name only, and only where the rule says so."""
    if not rule(PUBLIC_NAMES, proposal.office):
        return ""
    return masked(proposal.proposers_label)[:NAMES_LENGTH]


def delivered(proposal: Proposal) -> list[Reply]:
    rows = Reply.objects.filter(
        assignment__proposal=answered_one(proposal), assignment__role__in=ANSWERING, state=ReplyState.PASSED
    )
    return list(rows.order_by("assignment_id", "round"))


@transaction.atomic
def withhold(*, proposal: Proposal, reason: str, by: Any) -> Publication:
    """不公开, or taken off the public page at once. Raises Denied, DomainError without a reason."""
    locked = Proposal.objects.select_for_update(of=("self",)).select_related("office").get(pk=proposal.pk)
    can_clear(by, locked).require()
    if not reason.strip():
        raise DomainError("请填写不公开的理由。", field="reason")
    values = {"decision": Clearance.WITHHELD, "reason": reason.strip()[:200], "by": by, "at": timezone.now()}
    made, _ = Publication.objects.update_or_create(proposal=locked, defaults=values)
    record("publication.withhold", locked, by=by, detail={"reason": made.reason})
    return made


def clear_many(*, pks: Collection[int], visible: Any, by: Any) -> tuple[int, list[str]]:
    """Each on its own: (how many were cleared, sentences about the others)."""
    done, refused = 0, []
    for proposal in visible.filter(pk__in=pks).order_by("case_no", "pk"):
        try:
            clear(proposal=proposal, by=by)
            done += 1
        except (DomainError, Denied) as error:
            refused.append(error.message)
    return done, refused
