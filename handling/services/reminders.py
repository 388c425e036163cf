"""催办 and automatic reminders: only in working hours, never twice for the same day.

Nothing is planned ahead: which reminders are due follows from the clocks as they stand. A reminder that was sent is a
row of its kind and due date, so an extension, a pause or a new round arms the clock again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.db import transaction
from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone

from audit.services import record
from core.clock import Span, chinese_date
from core.errors import DomainError
from core.workdays import WorkCalendar
from handling.answering import current_replies, standing
from handling.defaults import GAP, HOURS
from handling.enums import OFFERS, Light, ReminderKind, Stage
from handling.faces import in_words
from handling.guards import can_time
from handling.models import Clock, Reminder
from handling.selectors import people_of, standing_still, with_office
from handling.services import clocks
from handling.services.clocks import Scale
from notices.services import tell
from organisation.models import Office
from organisation.selectors import rule

KINDS = {Light.YELLOW: ReminderKind.NEAR, Light.RED: ReminderKind.OVERDUE}
#: No threshold reaches further; it only keeps clocks that are far away out of the query.
HORIZON = timedelta(days=120)
#: More than these at once become one sentence.
FEW = 3
NOBODY = "对方还没有可以登录的账号，请打电话催办。"


# --- working hours -----------------------------------------------------------------------------------------------
def at_work(office: Office, calendar: WorkCalendar, now: datetime) -> bool:
    """Whether the office may disturb people now: a working day, within the hours of the rule."""
    local, hours = timezone.localtime(now), rule(HOURS, office)
    return calendar.is_workday(local.date()) and int(hours["from"]) <= local.hour < int(hours["to"])


def require_working_hours(office: Office, calendar: WorkCalendar, now: datetime) -> None:
    if not at_work(office, calendar, now):
        hours = rule(HOURS, office)
        raise DomainError(
            f"现在不是工作时间。催办只在工作日 {hours['from']} 点到 {hours['to']} 点之间发出，请届时再办。"
        )


# --- by hand -----------------------------------------------------------------------------------------------------
@transaction.atomic
def remind(*, clock: Clock, text: str, by: Any) -> Reminder:
    """催办. Raises Denied, or DomainError at night, too soon after the last one, or without anybody to remind."""
    locked = Clock.objects.select_for_update(of=("self",)).select_related("proposal__office").get(pk=clock.pk)
    can_time(by, locked).require()
    if not text.strip():
        raise DomainError("请写明催办的内容。", field="text")
    require_remindable(locked, timezone.now())
    people = receivers(locked)
    if not people:
        raise DomainError(NOBODY)
    words = text.strip()[:200]
    sent = Reminder.objects.create(
        clock=locked, kind=ReminderKind.BY_HAND, due_on=locked.due_on, text=words, recipients=len(people), by=by
    )
    record("clock.remind", locked, by=by, detail={"text": words, "recipients": len(people)})
    tell(people, f"催办：{words}", url=locked.proposal.get_absolute_url())
    return sent


def require_remindable(clock: Clock, now: datetime) -> None:
    if clock.stopped_on is not None:
        raise DomainError("这一步已经完成，不需要催办。")
    scale = Scale()
    require_working_hours(clock.proposal.office, scale.calendar(clock.proposal.office), now)
    if day := too_soon(clock, scale, timezone.localdate(now)):
        raise DomainError(f"{chinese_date(day)}已经催办过，间隔太短。请过几天再催，或者打电话联系。")


def obstacle(clock: Clock) -> str:
    """Why this clock cannot be reminded of by hand now, in words; empty when it can."""
    try:
        require_remindable(clock, timezone.now())
    except DomainError as error:
        return error.message
    return "" if receivers(clock) else NOBODY


def too_soon(clock: Clock, scale: Scale, today: date) -> date | None:
    """The day of the last reminder by hand, while the working days of the rule have not passed since."""
    last = clock.reminders.filter(kind=ReminderKind.BY_HAND).order_by("-id").first()
    if last is None:
        return None
    day, calendar = timezone.localdate(last.at), scale.calendar(clock.proposal.office)
    passed = calendar.workdays(Span(day + timedelta(days=1), today)) if day < today else 0
    return day if passed < int(rule(GAP, clock.proposal.office)) else None


def draft(clock: Clock) -> str:
    """The text a reminder starts with; the office changes it as it likes."""
    left = in_words(clock, clocks.light(clock), Scale())
    return (
        f"《{clock.proposal}》的“{clock.get_stage_display()}”期限是{chinese_date(clock.due_on)}（{left}），请抓紧办理。"
    )


def receivers(clock: Clock) -> list[Any]:
    """Who has to act on this clock: the unit's people, or the proposers who have not answered yet."""
    if clock.stage == Stage.FEEDBACK:
        return without_answer(clock)
    return people_of(clock.assignment.unit) if clock.assignment else []


def without_answer(clock: Clock) -> list[Any]:
    replies = current_replies().filter(assignment__proposal=clock.proposal)
    if clock.assignment_id:
        replies = replies.filter(assignment_id=clock.assignment_id)
    missing = [each.member.user for reply in replies for each in standing(reply).missing]
    return [user for user in missing if user is not None and user.is_active]


# --- automatic ---------------------------------------------------------------------------------------------------
Lacking = tuple[Clock, str]  # a clock and the kind of reminder it lacks


def send_due(now: datetime | None = None) -> int:
    """Reminds of every clock that is near or over its day and was not reminded of it yet. Says how many clocks."""
    moment = now or timezone.now()
    scale = Scale(timezone.localdate(moment))
    rows = of_offices_at_work(lacking(scale), scale, moment)
    groups = groupby(sorted(rows, key=addressee), addressee)
    return sum(send_group([clock for clock, _ in group], key[1], scale) for key, group in groups)


def lacking(scale: Scale) -> list[Lacking]:
    """Running clocks whose light asks for a reminder that was not sent."""
    found = (
        Clock.objects.running()
        .filter(~standing_still(), ~with_office(), due_on__lte=scale.on + HORIZON)
        .exclude(stage__in=OFFERS)
    )
    rows = clocks.loaded(
        found.select_related("assignment__unit").prefetch_related(Prefetch("reminders", to_attr="sent"))
    )
    return [(clock, kind) for clock in rows if (kind := kind_due(clock, scale))]


def kind_due(clock: Clock, scale: Scale) -> str:
    """The kind of reminder the clock still lacks; empty for none. One that starts later is not reminded of yet, and
    proposers are invited to judge, never told that they are late.
    """
    kind = KINDS.get(clocks.light(clock, scale), "")
    if clock.stage == Stage.FEEDBACK and kind == ReminderKind.OVERDUE:
        return ""
    done = any(row.kind == kind and row.due_on == clock.due_on for row in clock.sent)
    return "" if done or clock.started_on > scale.on else kind


def of_offices_at_work(rows: list[Lacking], scale: Scale, now: datetime) -> list[Lacking]:
    offices = {clock.proposal.office for clock, _ in rows}
    working = {office.pk for office in offices if at_work(office, scale.calendar(office), now)}
    return [(clock, kind) for clock, kind in rows if clock.proposal.office_id in working]


def addressee(row: Lacking) -> tuple[int, str, int]:
    """What goes into one notice: the same unit and kind; proposers hear of each proposal for itself."""
    clock, kind = row
    return (clock.assignment.unit_id if clock.assignment else 0, kind, clock.pk * (clock.stage == Stage.FEEDBACK))


@transaction.atomic
def send_group(rows: list[Clock], kind: str, scale: Scale) -> int:
    """One notice each for a few, one for all when they are many. A worker that was faster leaves nothing to send."""
    people = receivers(rows[0])
    new = [row for row in rows if note(row, kind, len(people))]
    if len(new) > FEW:
        tell(people, many(new, kind), url=reverse("assignment_list"))
    for row in new if len(new) <= FEW else ():
        tell(people, one(row, kind, scale), url=row.proposal.get_absolute_url())
    return len(new)


def note(clock: Clock, kind: str, recipients: int) -> bool:
    """Whether this is the first reminder of the kind and day."""
    return Reminder.objects.get_or_create(
        clock=clock, kind=kind, due_on=clock.due_on, defaults={"recipients": recipients}
    )[1]


def one(clock: Clock, kind: str, scale: Scale) -> str:
    words = in_words(clock, clocks.light(clock, scale), scale)
    if clock.stage == Stage.FEEDBACK:
        return f"《{clock.proposal}》已答复，请您在{chinese_date(clock.due_on)}前评价（{words}）。"
    verb = "已超过期限" if kind == ReminderKind.OVERDUE else "快到期了"
    return f"《{clock.proposal}》的“{clock.get_stage_display()}”{verb}：{chinese_date(clock.due_on)}，{words}。"


def many(rows: Sequence[Clock], kind: str) -> str:
    verb = "已超过期限" if kind == ReminderKind.OVERDUE else "快到期了"
    stages = sorted({str(row.get_stage_display()) for row in rows})
    return f"有 {len(rows)} 件提案{verb}（{'、'.join(stages)}），请到“提案办理”里逐件办理。"
