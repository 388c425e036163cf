"""Promised items of replies (承诺事项): who may report and check, lists, and the rate of promises kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, DateField, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404

from accounts.roles import Can
from core.breakdown import rate
from core.clock import today
from core.permissions import ALLOWED, Permission, denied, first_denial
from handling.enums import ItemKind, PromiseState, ReplyState, ReportState, Stage
from handling.models import Clock, Feedback, FollowUpReport, Reply, ReplyItem
from notices.todos import Todo
from organisation.selectors import can, grants
from proposals.models import Proposal

PROMISE_DEFINITION = (
    "兑现率＝已兑现的事项÷（已兑现＋未兑现＋超过报结果期限仍未报的事项）；还没有到期的不计。"
    "改期后兑现的计为已兑现，同时列入“改期”。"
)
OPEN = Q(state=PromiseState.OPEN)


# --- who may ---------------------------------------------------------------------------------------------------
def can_report(user: Any, item: ReplyItem) -> Permission:
    """The unit that promised, while nothing is settled and no report waits."""
    if item.reply.assignment.unit_id not in grants(user).unit_ids:
        return denied("落实情况由作出承诺的承办单位填报。")
    if item.state != PromiseState.OPEN:
        return denied(f"这项承诺已经是“{item.get_state_display()}”。")
    waiting = item.reports.filter(state=ReportState.REPORTED).exists()
    return denied("已经填报，等待核实。") if waiting else ALLOWED


def can_check(user: Any, report: FollowUpReport) -> Permission:
    """Staff of the receiving office, once."""
    done = denied("这份情况已经处理过了。") if report.state != ReportState.REPORTED else ALLOWED
    return first_denial(can(user, Can.RECEIVE_PROPOSALS, report.item.reply.assignment.proposal.office_id), done)


def sees_ledger(user: Any) -> Permission:
    """Offices and leaders, units their own, members what was promised to them."""
    held = grants(user)
    if held.holds(Can.VIEW_PROPOSALS) or held.unit_ids or held.holds(Can.WRITE_PROPOSALS):
        return ALLOWED
    return denied("承诺台账供办公室、领导、承办单位和提案人查看。")


# --- reads -----------------------------------------------------------------------------------------------------
def made() -> QuerySet:
    """Every promise that reached the proposers and was not overtaken by the reply of a later round, with how it
    stands: `current` is the date promised last, `due_on`
    until when the unit reports, `rounds` how often it was promised, `waiting` whether a report is to be checked.
    """
    # The assignment says nothing new, but leads to the few clocks of one unit.
    clocks = Clock.objects.filter(
        assignment=OuterRef("reply__assignment"), stage=Stage.FOLLOW_UP, subject_id=OuterRef("pk")
    ).order_by("-round", "-pk")
    reports = FollowUpReport.objects.filter(item=OuterRef("pk"), state=ReportState.REPORTED)
    later = Reply.objects.filter(
        assignment=OuterRef("reply__assignment"), round__gt=OuterRef("reply__round"), state=ReplyState.PASSED
    )
    given = ReplyItem.objects.filter(kind=ItemKind.PROMISED, reply__state=ReplyState.PASSED)
    return given.exclude(OPEN & Exists(later)).annotate(
        current=Coalesce(Subquery(clocks.values("started_on")[:1]), F("promised_on"), output_field=DateField()),
        due_on=Subquery(clocks.values("due_on")[:1], output_field=DateField()),
        rounds=Coalesce(Subquery(clocks.values("round")[:1]), 1, output_field=IntegerField()),
        waiting=Exists(reports),
    )


def with_people(rows: QuerySet) -> QuerySet:
    return rows.select_related(
        "reply__assignment__unit", "reply__assignment__proposal__office", "reply__assignment__proposal__session__term"
    )


def promised_to(user: Any) -> QuerySet:
    """Proposals whose replies answer the user: own ones, and those his own were merged into."""
    own = Proposal.objects.filter(proposers__member__user_id=user.pk).values("pk")
    return Proposal.objects.filter(Q(pk__in=own) | Q(pk__in=Proposal.objects.filter(merged__in=own).values("pk")))


def unjudged(rows: QuerySet, user: Any) -> QuerySet:
    """Settled promises the user has not judged yet."""
    said = Feedback.objects.filter(item=OuterRef("pk"), proposer__member__user_id=user.pk)
    mine = promised_to(user).values("pk")
    return rows.filter(~OPEN, ~Exists(said), reply__assignment__proposal__in=mine)


def listed(user: Any) -> QuerySet:
    """The ledger: of the offices the user looks into; a unit sees its own promises, a member those made to him."""
    held = grants(user)
    where = held.where(Can.VIEW_PROPOSALS)
    own = Q(reply__assignment__unit_id__in=held.unit_ids)
    seen = Q(reply__assignment__proposal__office_id__in=where) | Q(
        reply__assignment__proposal__home_office_id__in=where
    )
    if held.holds(Can.WRITE_PROPOSALS):
        seen |= Q(reply__assignment__proposal__in=promised_to(user).values("pk"))
    return with_people(made().filter(own | seen)).order_by("current", "pk")


def get_for(user: Any, pk: int) -> ReplyItem:
    """A promise of a proposal the user sees, or that was made to him. Raises Http404."""
    seen = Q(reply__assignment__proposal__in=Proposal.objects.visible_to(user).values("pk"))
    seen |= Q(reply__assignment__proposal__in=promised_to(user).values("pk"))
    found = with_people(made().filter(seen)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def report_for(user: Any, pk: int) -> FollowUpReport:
    """Raises Http404."""
    report = FollowUpReport.objects.select_related("item", "file").filter(pk=pk).first()
    if report is None:
        raise Http404
    report.item = get_for(user, report.item_id)
    return report


def of_proposal(proposal: Proposal) -> list[ReplyItem]:
    rows = made().filter(reply__assignment__proposal=proposal).select_related("reply__assignment__unit")
    return list(rows.order_by("current", "pk"))


def overdue(rows: QuerySet, on: date | None = None) -> QuerySet:
    """Still open after the last day to report; a report that waits to be checked is in time."""
    return rows.filter(OPEN, due_on__lt=on or today(), waiting=False)


def arrived(rows: QuerySet, on: date | None = None) -> QuerySet:
    """The promised day has come, nothing was reported."""
    return rows.filter(OPEN, current__lte=on or today(), waiting=False)


def in_words(item: ReplyItem, on: date | None = None) -> tuple[str, str]:
    """(how the promise stands, tone) of a row of `made`."""
    day = on or today()
    if item.state != PromiseState.OPEN:
        return item.get_state_display(), "success" if item.state == PromiseState.KEPT else "danger"
    if item.waiting:
        return "已报待核实", "info"
    if item.due_on and item.due_on < day:
        return "超期未报", "danger"
    return ("到期，待报结果", "warning") if item.current <= day else ("未到期", "neutral")


# --- figures ---------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class PromiseFigures:
    """Of a set of promises; `moved` counts those promised anew, whatever became of them. See PROMISE_DEFINITION."""

    total: int
    kept: int
    broken: int
    overdue: int
    moved: int

    @property
    def rate(self) -> float | None:
        """Per cent with one decimal, None while nothing is due."""
        return rate(self.kept, self.kept + self.broken + self.overdue)


def figures(rows: QuerySet, on: date | None = None) -> PromiseFigures:
    """One query over rows of `made`."""
    late = OPEN & Q(due_on__lt=on or today(), waiting=False)
    return PromiseFigures(
        **rows.order_by().aggregate(
            total=Count("pk"),
            kept=Count("pk", filter=Q(state=PromiseState.KEPT)),
            broken=Count("pk", filter=Q(state=PromiseState.BROKEN)),
            overdue=Count("pk", filter=late),
            moved=Count("pk", filter=Q(rounds__gt=1)),
        )
    )


def todos(user: Any) -> list[Todo]:
    """Units: promises whose day has come. Staff: reports to be checked. Members: what came of them."""
    held, found = grants(user), []
    if held.unit_ids:
        rows = arrived(made().filter(reply__assignment__unit_id__in=held.unit_ids))
        found.append(Todo("到期要报结果的承诺", rows, "/promises/?standing=arrived", "calendar-check", urgent=True))
    if offices := held.where(Can.RECEIVE_PROPOSALS):
        rows = made().filter(OPEN, waiting=True, reply__assignment__proposal__office_id__in=offices)
        found.append(Todo("待核实的承诺落实情况", rows, "/promises/?standing=waiting", "clipboard-check"))
    if held.holds(Can.WRITE_PROPOSALS):
        rows = unjudged(made(), user)
        found.append(Todo("请您再评价的承诺事项", rows, "/promises/?standing=unjudged", "chat-square-heart"))
    return found
