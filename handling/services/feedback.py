"""What the proposers think of a reply. Answers are only ever added; the newest of each proposer counts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from audit.services import record
from core import files
from core.clock import today
from core.errors import Denied, DomainError
from handling.answering import current_replies, is_answered, standing
from handling.enums import FeedbackVia, PromiseState, ReplyState, Satisfaction, Stage
from handling.feedback_links import url_for
from handling.models import Assignment, Clock, Feedback, Reply, ReplyItem
from handling.permissions import can_record_paper
from handling.reply_rules import OVERDUE_IS_NO_OPINION
from handling.services.clocks import Scale
from handling.services.reminders import at_work
from handling.services.rounds import settle
from handling.services.telling import title
from notices.services import tell
from organisation.selectors import contact, rule
from proposals.models import Proposer

SAME_PRESS = timedelta(seconds=30)
#: What a person may choose; only the rule writes the others.
BY_PEOPLE = (FeedbackVia.PAGE, FeedbackVia.LINK, FeedbackVia.PAPER)


def ask_proposers(reply: Reply, people: Iterable[Proposer]) -> None:
    """The notice of a delivered reply, to each proposer with his own link."""
    unit = reply.assignment.unit.name
    for proposer in people:
        text = f"{unit}对您的提案《{str(proposer.proposal)[:60]}》作了{reply}，请查看并评价。"
        tell([proposer.member.user], text, url=url_for(reply, proposer))


@transaction.atomic
def give(
    *, reply: Reply, proposer: Proposer, handling: str, result: str, text: str = "", via: str = FeedbackVia.PAGE,
    sheet: Any = None, item: ReplyItem | None = None, words_later: bool = False, by: Any = None,
) -> Feedback:  # fmt: skip
    """One answer to the two questions, as a new row. `by` is None for an answer by link; `sheet` is the upload of the
    paper. `words_later`: one press of a button, whose words follow. Raises Denied, DomainError naming the field.
    """
    assignment = Assignment.objects.select_for_update(of=("self",)).get(pk=reply.assignment_id)
    require_right(reply, proposer, via, by)
    require_open(reply, item)
    require_answers(handling, result, text, words_later)
    if via == FeedbackVia.PAPER and not sheet:
        raise DomainError("请上传纸质评价表的扫描件或照片。", field="sheet")
    if words_later and (same := pressed_already(reply, proposer, item, handling)):
        return same
    stored = files.accept(sheet, files.MATERIAL, by=by) if sheet else None
    made = Feedback.objects.create(
        reply=reply, proposer=proposer, item=item, handling=handling, result=result, text=text.strip(), via=via,
        sheet=stored, by=by,
    )  # fmt: skip
    record("feedback.give", reply, by=by, detail={"proposer": proposer.member.name, "via": made.get_via_display(),
                                                  "answer": str(made)})  # fmt: skip
    confirm(made)
    if item is None:
        settle(reply=reply, assignment=assignment, answer=made, by=by)
    return made


def pressed_already(reply: Reply, proposer: Proposer, item: ReplyItem | None, answer: str) -> Feedback | None:
    """The same press a moment ago: a button pressed twice, or a page sent again by a bad line."""
    newest = Feedback.objects.filter(reply=reply, proposer=proposer, item=item).order_by("-pk").first()
    if newest is None or newest.via != FeedbackVia.LINK or (newest.handling, newest.result) != (answer, answer):
        return None
    return newest if timezone.now() - newest.at < SAME_PRESS else None


def require_right(reply: Reply, proposer: Proposer, via: str, by: Any) -> None:
    """A page belongs to the proposer himself, paper to staff; a link is its own right."""
    own = by is not None and proposer.member.user_id == by.pk
    if via not in BY_PEOPLE or not is_answered(proposer, reply):
        raise Denied("这份答复不是答复这位提案人的。")
    if via == FeedbackVia.PAPER:
        if own:
            raise Denied("自己的评价请在提案页面填写，不用代录。")
        can_record_paper(by, reply).require()
    elif via == FeedbackVia.PAGE and not own:
        raise Denied("只有提案人本人可以评价。")


def require_open(reply: Reply, item: ReplyItem | None) -> None:
    """Raises DomainError when an answer would no longer count."""
    if item is not None:
        if item.reply_id != reply.pk or reply.state != ReplyState.PASSED or item.state in ("", PromiseState.OPEN):
            raise DomainError("这一项还没有落实情况，暂时不用评价。")
    elif not current_replies().filter(pk=reply.pk).exists():
        raise DomainError("这次答复已经退回重新办理，请等新的答复送到后再评价。")


def require_answers(handling: str, result: str, text: str, words_later: bool) -> None:
    for name, value, label in (("handling", handling, "办理工作"), ("result", result, "办理结果")):
        if value not in Satisfaction.values:
            raise DomainError(f"请选择对“{label}”的评价。", field=name)
    if Satisfaction.UNSATISFIED in (handling, result) and not text.strip() and not words_later:
        raise DomainError("不满意的请写明意见，承办单位才知道要改进什么。", field="text")


def confirm(made: Feedback) -> None:
    """Tells the member what was entered without his signing in, so that nobody answers in his name unseen."""
    if made.via == FeedbackVia.PAGE:
        return
    proposal = made.proposer.proposal
    words = f"办理工作“{made.get_handling_display()}”，办理结果“{made.get_result_display()}”"
    text = f"《{str(proposal)[:40]}》的评价已记录（{made.get_via_display()}）：{words}。"
    text += f"如有不符请联系{contact(proposal.office)}。"
    tell([made.proposer.member.user], text, url=proposal.get_absolute_url())


# --- overdue -----------------------------------------------------------------------------------------------------
def close_overdue(now: datetime | None = None) -> int:
    """By the clock, in working hours: those who have not answered in time have no opinion, where the rules say so.
    Says how many replies were closed in this way.
    """
    late = Clock.objects.running().filter(stage=Stage.FEEDBACK, due_on__lt=today(), assignment__isnull=False)
    rows = current_replies().filter(assignment__in=late.values("assignment_id")).order_by("pk")
    scale, moment, closed = Scale(), now or timezone.now(), 0
    for reply in rows.select_related("assignment__proposal__office"):
        office = reply.assignment.proposal.office
        if at_work(office, scale.calendar(office), moment):
            closed += close_one(reply=reply)
    return closed


@transaction.atomic
def close_one(*, reply: Reply, by: Any = None) -> bool:
    """Whether anybody was without an answer; nothing happens where the rule says to wait."""
    assignment = Assignment.objects.select_for_update(of=("self",)).get(pk=reply.assignment_id)
    missing = standing(reply).missing
    if not missing or not rule(OVERDUE_IS_NO_OPINION, assignment.proposal.office):
        return False
    none = Satisfaction.NO_OPINION
    for proposer in missing:
        Feedback.objects.create(reply=reply, proposer=proposer, handling=none, result=none, via=FeedbackVia.RULE)
    names = "、".join(each.member.name for each in missing)
    record("feedback.overdue", reply, by=by, detail={"proposers": names, "proposal": title(reply)})
    settle(reply=reply, assignment=assignment, answer=None, by=by)
    return True
