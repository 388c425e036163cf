"""What the answers lead to: finished, or handled again in a new round. All rounds stay."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from core.errors import DomainError
from handling.answering import Standing, current_replies, is_unsatisfied, proposers_of, standing
from handling.enums import AssignmentState, ItemKind, Outcome, PromiseState, Stage
from handling.models import Assignment, Feedback, Reply, ReplyItem
from handling.permissions import can_supervise_reply
from handling.reply_rules import MOST_ROUNDS, REHANDLE_AUTOMATIC
from handling.services import clocks
from handling.services.standing import follow
from handling.services.telling import tell_office, tell_unit, title
from handling.workflow import ASSIGNMENTS
from notices.services import tell
from organisation.selectors import rule

NO_MORE_ROUNDS = "已经答复 {rounds} 次，仍有提案人不满意，按规则办结。"


def settle(*, reply: Reply, assignment: Assignment, answer: Feedback | None, by: Any) -> None:
    """After an answer: finishes when all are in and nobody is unsatisfied, or no round is left; else the office (or
    the rule) decides. An answer after the end only tells the office. The caller holds the assignment's row lock.
    """
    stand = standing(reply)
    unhappy = is_unsatisfied(stand, assignment.proposal.office)
    if stand.all_in:
        clocks.stop(stages=[Stage.FEEDBACK], assignment=assignment)
    if unhappy and (answer is None or is_among(answer, stand)):
        tell_office(reply, f"对《{title(reply)}》的{reply}有提案人不满意，请决定是否退回重新办理。")
    if not stand.all_in or assignment.state != AssignmentState.REPLIED:
        return
    if not unhappy:
        finish(reply, assignment, by=by)
    elif not rounds_left(reply):
        finish(reply, assignment, by=by, reason=NO_MORE_ROUNDS.format(rounds=reply.round))
    elif rule(REHANDLE_AUTOMATIC, assignment.proposal.office):
        again(reply, assignment, reason=what_they_say(stand), by=None)


def is_among(answer: Feedback, stand: Standing) -> bool:
    """Whether this very answer is one of the unsatisfied ones."""
    return any(each is not None and each.pk == answer.pk for _, each in stand.answers) and "unsatisfied" in (
        answer.handling, answer.result
    )  # fmt: skip


def rounds_left(reply: Reply) -> bool:
    return reply.round < int(rule(MOST_ROUNDS, reply.assignment.proposal.office))


def what_they_say(stand: Standing) -> str:
    """The reason the unit reads; names only who spoke."""
    unhappy = [(who, each) for who, each in stand.answers if each and "unsatisfied" in (each.handling, each.result)]
    said = [f"{who.member.name}：{each.text}" if each.text else f"{who.member.name}不满意" for who, each in unhappy]
    return "；".join(said)[:500] or "提案人不满意。"


def finish(reply: Reply, assignment: Assignment, *, by: Any, reason: str = "") -> None:
    with ASSIGNMENTS.step(assignment, "finish", by=by, reason=reason) as row:
        row.done_at = timezone.now()
    clocks.stop(stages=[Stage.FEEDBACK], assignment=assignment)
    follow(proposal=assignment.proposal, by=by, reason=reason)


def again(reply: Reply, assignment: Assignment, *, reason: str, by: Any) -> None:
    """退回重新办理: the unit replies once more within a time of its own."""
    with ASSIGNMENTS.step(assignment, "rehandle", by=by, reason=reason) as row:
        row.done_at = None
    clocks.stop(stages=[Stage.FEEDBACK], assignment=assignment, outcome=Outcome.VOID)
    clocks.start(stage=Stage.REHANDLE, proposal=assignment.proposal, assignment=assignment, by=by,
                 round=reply.round + 1)  # fmt: skip
    follow(proposal=assignment.proposal, by=by, reason=reason)
    tell_unit(reply, f"《{title(reply)}》因提案人不满意，退回重新办理，请查看意见并再次答复。")
    people = [each.member.user for each in proposers_of(assignment.proposal)]
    tell(people, f"《{title(reply)}》已退回{assignment.unit.name}重新办理，新的答复送到后再请您评价。",
         url=assignment.proposal.get_absolute_url())  # fmt: skip


# --- decided by the office -----------------------------------------------------------------------------------------
def decidable(reply: Reply) -> Standing:
    """Raises DomainError unless somebody is not satisfied with this reply and it still counts."""
    if not current_replies().filter(pk=reply.pk).exists():
        raise DomainError("这次答复已经不是最新的一次，请刷新后查看。")
    stand = standing(reply)
    if not is_unsatisfied(stand, reply.assignment.proposal.office):
        raise DomainError("按现在的评价没有不满意的，不需要退回重新办理。")
    return stand


@transaction.atomic
def send_again(*, reply: Reply, reason: str, by: Any) -> None:
    """The office decides that the unit must reply once more. Raises Denied, DomainError."""
    locked = Assignment.objects.select_for_update(of=("self",)).get(pk=reply.assignment_id)
    can_supervise_reply(by, reply).require()
    stand = decidable(reply)
    if not rounds_left(reply):
        raise DomainError(f"已经答复 {reply.round} 次，达到规定的次数，不能再退回。请按规则办结。")
    again(reply, locked, reason=reason.strip() or what_they_say(stand), by=by)


@transaction.atomic
def accept(*, reply: Reply, reason: str, by: Any) -> None:
    """The office leaves it at that, with a reason. Raises Denied, DomainError."""
    locked = Assignment.objects.select_for_update(of=("self",)).get(pk=reply.assignment_id)
    can_supervise_reply(by, reply).require()
    stand = decidable(reply)
    if not reason.strip():
        raise DomainError("请填写不再重新办理的理由。", field="reason")
    if locked.state == AssignmentState.DONE:
        raise DomainError("这件提案已经办结。")
    if stand.missing:
        raise DomainError(f"还有 {len(stand.missing)} 位提案人没有评价，等评价到齐后再办结。")
    finish(reply, locked, by=by, reason=reason.strip())


def overtake(reply: Reply) -> None:
    """What earlier rounds promised is answered by the new reply: their clocks stop."""
    earlier = ReplyItem.objects.filter(
        reply__assignment=reply.assignment_id, reply__round__lt=reply.round, kind=ItemKind.PROMISED,
        state=PromiseState.OPEN,
    )  # fmt: skip
    for item in earlier:
        clocks.stop(stages=[Stage.FOLLOW_UP], assignment=reply.assignment, subject_id=item.pk, outcome=Outcome.VOID)
