"""Every write to social-opinion submissions. `by` is the acting user."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.roles import Can
from audit.services import record
from core.errors import DomainError
from core.handover import HandedText
from core.versions import editing
from members.authors import member_of
from members.models import Member
from notices.services import tell
from opinions import rules
from opinions.enums import OpinionState
from opinions.models import OpinionAuthor, OpinionReport
from opinions.permissions import can_edit, can_write
from opinions.workflow import FLOW
from organisation.selectors import users_with


@dataclass(frozen=True)
class Text:
    """What the author writes."""

    title: str = ""
    category: str = ""
    situation: str = ""
    suggestions: str = ""
    is_urgent: bool = False


@transaction.atomic
def write(*, text: Text, by: Any, opinion: OpinionReport | None = None, version: int | None = None,
          and_submit: bool = False) -> OpinionReport:  # fmt: skip
    """Saves the text as a new draft or into the submission, and sends it when asked.

    Raises Denied, Conflict, or DomainError naming the field that is not complete.
    """
    opinion = start(text=text, by=by) if opinion is None else rewrite(
        opinion=opinion, text=text, version=version, by=by
    )  # fmt: skip
    if and_submit:
        submit(opinion=opinion, by=by)
    return opinion


def start(*, text: Text, by: Any) -> OpinionReport:
    can_write(by).require()
    member = member_of(by)
    opinion = OpinionReport.objects.create(
        state=OpinionState.DRAFT, office=member.office, updated_by=by, **asdict(text)
    )
    OpinionAuthor.objects.create(opinion=opinion, member=member, order=1)
    record("opinion.create", opinion, by=by)
    return opinion


def rewrite(*, opinion: OpinionReport, text: Text, version: int | None, by: Any) -> OpinionReport:
    with editing(opinion, version=version, by=by) as locked:
        can_edit(by, locked).require()
        changed = [name for name, value in asdict(text).items() if getattr(locked, name) != value]
        for name, value in asdict(text).items():
            setattr(locked, name, value)
        record("opinion.update", locked, by=by, detail={"fields": changed})
    return locked


@transaction.atomic
def submit(*, opinion: OpinionReport, by: Any) -> OpinionReport:
    """Locks the text and stamps the time by the server's clock; an urgent one says so in the notice."""
    with FLOW.step(opinion, "submit", by=by) as locked:
        rules.require_complete(vars(locked), locked.office)
        locked.submitted_at = timezone.now()
    mark = "【急报】" if locked.is_urgent else ""
    tell(users_with(Can.SCREEN_OPINIONS, locked.office), f"{mark}{by.name}报送了社情民意《{locked}》，请审看。",
         url=locked.get_absolute_url())  # fmt: skip
    return locked


@transaction.atomic
def receive(*, text: HandedText, by: Any) -> OpinionReport:
    """What the authors handed in as something else comes to their liaison office as a social opinion (转来).

    It is complete as it is: the rules of the writing page do not ask again. Raises DomainError without authors.
    """
    members = {each.pk: each for each in Member.objects.filter(pk__in=text.authors).select_related("office")}
    people = [members[pk] for pk in text.authors if pk in members]
    if not people:
        raise DomainError("没有作者，不能转为社情民意。")
    opinion = OpinionReport.objects.create(
        state=OpinionState.DRAFT, office=people[0].office, title=text.title[:80], situation=text.body,
        suggestions=text.suggestions, origin=text.source[:200], origin_url=text.source_url, is_converted=True,
        submitted_at=text.at or timezone.now(), updated_by=by,
    )  # fmt: skip
    rows = [OpinionAuthor(opinion=opinion, member=each, order=place) for place, each in enumerate(people, 1)]
    OpinionAuthor.objects.bulk_create(rows)
    with FLOW.step(opinion, "convert", by=by, reason=text.source) as locked:
        pass
    record("opinion.receive", locked, by=by, detail={"from": text.source_url})
    tell(users_with(Can.SCREEN_OPINIONS, locked.office), f"{text.source}转来社情民意《{locked}》，请审看。",
         url=locked.get_absolute_url())  # fmt: skip
    return locked


@transaction.atomic
def accept(*, opinion: OpinionReport, by: Any) -> OpinionReport:
    """采用."""
    with FLOW.step(opinion, "accept", by=by) as locked:
        locked.decided_at = timezone.now()
    tell(authors_of(locked), f"您报送的社情民意《{locked}》已被采用。", url=locked.get_absolute_url())
    return locked


@transaction.atomic
def decline(*, opinion: OpinionReport, reason: str, by: Any) -> OpinionReport:
    """不采用，留存: the author sees the reason."""
    with FLOW.step(opinion, "decline", by=by, reason=reason) as locked:
        locked.decided_at = timezone.now()
    tell(authors_of(locked), f"您报送的社情民意《{locked}》这次没有采用，理由见办理过程。",
         url=locked.get_absolute_url())  # fmt: skip
    return locked


@transaction.atomic
def discard(*, opinion: OpinionReport, by: Any) -> None:
    """Deletes a draft."""
    locked = OpinionReport.objects.select_for_update().get(pk=opinion.pk)
    can_edit(by, locked).require()
    if locked.submitted_at is not None:
        raise DomainError("已经报送的社情民意不能删除。")
    record("opinion.discard", locked, by=by)
    locked.delete()


def authors_of(opinion: OpinionReport) -> list[Any]:
    """Users of all authors, for notices."""
    return [row.member.user for row in opinion.authors.select_related("member__user")]
