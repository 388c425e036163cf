"""Elections: nominations, ballots or recorded votes, the list for deliberation, the approved result."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import Can
from audit.services import changes, record
from core.errors import DomainError
from core.versions import editing
from handling.answering import proposers_of
from handling.selectors import people_of
from notices.services import tell
from organisation.models import Office
from organisation.selectors import users_with
from supervision.enums import ElectionState, VotingWay
from supervision.models import Ballot, Election, Nomination
from supervision.permissions import can_count, can_edit_election, can_nominate, can_vote, works
from supervision.selectors.elections import candidates, places
from supervision.workflow import ELECTIONS

HEAD = ("title", "year", "procedure", "quota_kind", "quota", "quota_text", "voting")


@transaction.atomic
def create(*, office: Office, kind: str, values: Mapping[str, Any], judges: Sequence[User], by: Any) -> Election:
    made = Election(state=ElectionState.COLLECTING, office=office, kind=kind, updated_by=by, **values)
    works(by, made).require()
    check(values)
    made.save()
    made.judges.set(allowed_judges(made, judges))
    record("election.create", made, by=by)
    return made


def check(values: Mapping[str, Any]) -> None:
    if values["quota"] < 1:
        raise DomainError("名额至少是 1。", field="quota")
    if values["quota_kind"] == "percent" and values["quota"] > 100:
        raise DomainError("百分比不能超过 100。", field="quota")


def allowed_judges(election: Election, judges: Sequence[User]) -> Sequence[User]:
    """Only people who may see the proposals anyway."""
    known = {user.pk for user in users_with(Can.VIEW_PROPOSALS, election.office)}
    if any(judge.pk not in known for judge in judges):
        raise DomainError("评委要从有权查看提案的人员中选。", field="judges")
    return judges


@transaction.atomic
def update(*, election: Election, values: Mapping[str, Any], judges: Sequence[User], by: Any,
           version: int | None = None) -> Election:  # fmt: skip
    """Raises Denied, Conflict, DomainError. While votes are cast, their kind and the judges stay as they are."""
    with editing(election, version=version, by=by) as locked:
        can_edit_election(by, locked).require()
        check(values)
        if locked.state != ElectionState.COLLECTING:
            refuse_other_votes(locked, values, judges)
        record("election.update", locked, by=by,
               detail=changes({name: getattr(locked, name) for name in HEAD}, dict(values)))  # fmt: skip
        for name, value in values.items():
            setattr(locked, name, value)
        locked.judges.set(allowed_judges(locked, judges))
    return locked


def refuse_other_votes(election: Election, values: Mapping[str, Any], judges: Sequence[User]) -> None:
    if values["voting"] != election.voting:
        raise DomainError("初评已经开始，不能再换投票方式。", field="voting")
    if {judge.pk for judge in judges} != set(election.judges.values_list("pk", flat=True)):
        raise DomainError("初评已经开始，不能再换评委。确需更换请先恢复征集推荐。", field="judges")


# --- nominations -------------------------------------------------------------------------------------------------
@transaction.atomic
def nominate(*, election: Election, pk: int, reason: str, by: Any) -> Nomination:
    """One proposal (by its key) or one unit. Raises DomainError for one that is no candidate."""
    locked = Election.objects.select_for_update(of=("self",)).get(pk=election.pk)
    can_nominate(by, locked).require()
    found = candidates(locked).filter(pk=pk).first()
    if found is None:
        raise DomainError("这次评选里没有这个对象，请刷新后再选。", field="candidate")
    if not reason.strip():
        raise DomainError("请填写推荐理由。", field="reason")
    what = {"proposal": found} if locked.of_proposals else {"unit": found}
    if Nomination.objects.filter(election=locked, **what).exists():
        raise DomainError("已经推荐过了。", field="candidate")
    made = Nomination.objects.create(election=locked, reason=reason.strip(), by=by, **what)
    record("election.nominate", locked, by=by, detail={"who": str(made)})
    return made


@transaction.atomic
def retract(*, nomination: Nomination, by: Any) -> None:
    can_nominate(by, nomination.election).require()
    record("election.retract", nomination.election, by=by, detail={"who": str(nomination)})
    nomination.delete()


# --- votes ---------------------------------------------------------------------------------------------------------
@transaction.atomic
def vote(*, election: Election, chosen: Collection[int], by: Any) -> None:
    """The judge's ballot as a whole, at most as many names as there are places; a later one replaces it. Nobody votes
    for a proposal of his own.
    """
    locked = Election.objects.select_for_update(of=("self",)).get(pk=election.pk)
    can_vote(by, locked).require()
    rows = [row for row in locked.nominations.select_related("proposal") if row.pk in chosen]
    if len(rows) > (most := places(locked)):
        raise DomainError(f"最多投 {most} 票，现在选了 {len(rows)} 个。", field="chosen")
    if any(row.proposal and row.proposal.proposers.filter(member__user_id=by.pk).exists() for row in rows):
        raise DomainError("不能投给自己的提案。", field="chosen")
    Ballot.objects.filter(nomination__election=locked, judge=by).delete()
    Ballot.objects.bulk_create([Ballot(nomination=row, judge=by) for row in rows])
    record("election.vote", locked, by=by, detail={"count": len(rows)})


@transaction.atomic
def count(*, election: Election, votes: Mapping[int, int | None], elected: Collection[int], by: Any) -> Election:
    """The votes of a meeting by nomination, and who is to be elected. Raises DomainError above the quota."""
    locked = Election.objects.select_for_update(of=("self",)).get(pk=election.pk)
    can_count(by, locked).require()
    if len(elected) > (most := places(locked)):
        raise DomainError(f"名额是 {most} 个，现在选了 {len(elected)} 个。", field="elected")
    rows = list(locked.nominations.all())
    for row in rows:
        if locked.voting == VotingWay.RECORDED and row.pk in votes:
            row.votes = votes[row.pk]
        row.elected = row.pk in elected
    Nomination.objects.bulk_update(rows, ["votes", "elected"], batch_size=500)
    names = [str(row) for row in rows if row.elected]
    record("election.count", locked, by=by, detail={"elected": "、".join(names)[:500]})
    return locked


# --- the flow -----------------------------------------------------------------------------------------------------
@transaction.atomic
def judge(*, election: Election, by: Any) -> Election:
    with ELECTIONS.step(election, "judge", by=by) as locked:
        pass
    if locked.voting == VotingWay.BALLOTS:
        tell(locked.judges.all(), f"请您为《{locked}》投票。", url=locked.get_absolute_url())
    return locked


@transaction.atomic
def move(*, election: Election, step: str, by: Any, reason: str = "") -> Election:
    """The steps that write nothing else: collect, deliberate, send_back."""
    with ELECTIONS.step(election, step, by=by, reason=reason) as locked:
        pass
    if step == "deliberate":
        approvers = users_with(Can.APPROVE_AWARDS, locked.office)
        tell(approvers, f"《{locked}》的初评名单已提交审议，请批准。", url=locked.get_absolute_url())
    return locked


@transaction.atomic
def publish(*, election: Election, by: Any) -> Election:
    """批准并公布: those elected are told, units through their people, proposers each."""
    with ELECTIONS.step(election, "publish", by=by) as locked:
        if not locked.nominations.filter(elected=True).exists():
            raise DomainError("没有入选的对象，不能公布。")
        locked.approved_by, locked.approved_at = by, timezone.now()
        locked.published_at = locked.approved_at
    for row in locked.nominations.filter(elected=True).select_related("proposal", "unit"):
        congratulate(locked, row)
    return locked


def congratulate(election: Election, row: Nomination) -> None:
    if row.proposal:
        people = [each.member.user for each in proposers_of(row.proposal)]
        text = f"祝贺！您的提案《{str(row.proposal)[:60]}》被评为“{election}”。"
        tell(people, text, url=row.proposal.get_absolute_url())
    else:
        tell(people_of(row.unit), f"祝贺！{row.unit}被评为“{election}”。")
