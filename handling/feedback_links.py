"""Links by which a proposer answers without signing in: signed, for one proposer and one reply, valid for some days.

    token_for(reply, proposer) -> "12-34.1tXyz0.SIGNATURE"
    read(token) -> Asked(reply, proposer, item)

The token tells nothing but two row numbers; without the signature nobody can make one. The number of days is the rule
handling.feedback_link_days. A link of a round that was overtaken leads to a page that says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.urls import reverse

from core.errors import DomainError
from handling.answering import is_answered
from handling.models import Reply, ReplyItem
from handling.reply_rules import LINK_DAYS
from organisation.selectors import rule
from proposals.models import Proposer

SIGNER = TimestampSigner(salt="handling.feedback", sep=".")
WRONG = "这个链接不完整或者不对。请从通知里重新打开，或者登录平台评价。"
EXPIRED = "这个链接已经过期。请登录平台评价，或者请办公室再发一次链接。"


@dataclass(frozen=True)
class Asked:
    """What one proposer is asked about: a whole reply, or one promised item of it."""

    reply: Reply
    proposer: Proposer
    item: ReplyItem | None = None


def token_for(reply: Reply, proposer: Proposer, item: ReplyItem | None = None) -> str:
    parts = [reply.pk, proposer.pk, *([item.pk] if item else [])]
    return SIGNER.sign("-".join(map(str, parts)))


def url_for(reply: Reply, proposer: Proposer, item: ReplyItem | None = None) -> str:
    return reverse("feedback_link", args=[token_for(reply, proposer, item)])


def read(token: str) -> Asked:
    """Raises DomainError with a sentence for the reader; a wrong, a foreign and a missing one sound alike."""
    try:
        numbers = [int(part) for part in SIGNER.unsign(token).split("-")]
    except (BadSignature, ValueError):
        raise DomainError(WRONG) from None
    asked = found(*numbers[:3])
    if asked is None:
        raise DomainError(WRONG)
    days = int(rule(LINK_DAYS, asked.reply.assignment.proposal.office))
    try:
        SIGNER.unsign(token, max_age=timedelta(days=days))
    except SignatureExpired:
        raise DomainError(EXPIRED) from None
    return asked


def found(reply_id: int, proposer_id: int, item_id: int | None = None) -> Asked | None:
    related = ("assignment__unit", "assignment__proposal__office", "assignment__proposal__session__term")
    reply = Reply.objects.select_related(*related).filter(pk=reply_id).first()
    proposer = Proposer.objects.select_related("member__user", "proposal").filter(pk=proposer_id).first()
    item = ReplyItem.objects.filter(pk=item_id, reply_id=reply_id).first() if item_id else None
    if reply is None or proposer is None or bool(item_id) != bool(item) or not is_answered(proposer, reply):
        return None
    return Asked(reply, proposer, item)
