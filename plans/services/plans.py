"""Making, editing and approving plans. All are atomic, take the actor as `by` and leave an audit row.

The three parts of a plan (text, targets, schedule) are saved apart, each against the version its form was opened with.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.roles import Can
from audit.services import changes, record
from core.errors import DomainError
from core.versions import editing
from core.workflow import history
from notices.services import tell
from organisation.models import Office
from organisation.selectors import users_with
from plans import permissions, rows, selectors
from plans.enums import PlanState
from plans.models import AnnualPlan, PlanSection, ScheduledItem, Target
from plans.rows import Row
from plans.services.items import settle
from plans.workflow import FLOW, SUCCESSION


# --- making --------------------------------------------------------------------------------------------------------
@transaction.atomic
def create_plan(*, office: Office, year: int, by: Any, title: str = "", copy_last: bool = False) -> AnnualPlan:
    """The first version of an office's plan for a year, empty or copied from the newest plan of an earlier year.

    Raises DomainError when the year has a plan already, or when there is nothing to copy.
    """
    permissions.can_create(by, office).require()
    Office.objects.select_for_update().get(pk=office.pk)
    refuse_second_plan(office, year)
    source = selectors.latest_before(office, year) if copy_last else None
    if copy_last and source is None:
        raise DomainError(f"{office.short_name}在{year}年以前没有计划可以复制，请从空白开始。", field="copy_last")
    plan = AnnualPlan.objects.create(
        office=office, year=year, state=PlanState.DRAFT, updated_by=by,
        title=title.strip() or f"{office.short_name}{year}年工作计划",
        foreword=source.foreword if source else "",
    )  # fmt: skip
    if source:
        rows.copy(source, plan, keep_lineage=False)
    record("plan.create", plan, by=by, detail={"year": year, "copied_from": source.pk if source else None})
    return plan


def refuse_second_plan(office: Office, year: int) -> None:
    existing = AnnualPlan.objects.filter(office=office, year=year).order_by("-revision").first()
    if existing:
        raise DomainError(
            f"{office.short_name}已经有{year}年的计划（{FLOW.label(existing.state)}），请打开那份计划修改或修订。",
            field="year",
        )


@transaction.atomic
def amend_plan(*, plan: AnnualPlan, by: Any) -> AnnualPlan:
    """A new version to work on, with the same contents and lineages; the plan stays in force until it is approved."""
    current = AnnualPlan.objects.select_for_update(of=("self",)).select_related("office").get(pk=plan.pk)
    permissions.can_amend(by, current).require()
    same = AnnualPlan.objects.filter(office=current.office, year=current.year)
    amendment = AnnualPlan.objects.create(
        office=current.office, year=current.year, title=current.title, foreword=current.foreword,
        revision=same.aggregate(last=Max("revision"))["last"] + 1,
        state=PlanState.DRAFT, amends=current, updated_by=by,
    )  # fmt: skip
    rows.copy(current, amendment, keep_lineage=True)
    record("plan.amend", amendment, by=by, detail={"amends": current.pk, "revision": amendment.revision})
    return amendment


# --- editing -------------------------------------------------------------------------------------------------------
def save_text(*, plan: AnnualPlan, title: str, foreword: str, sections: Sequence[Row], by: Any,
              version: int | None = None) -> AnnualPlan:  # fmt: skip
    """Title, foreword and sections. Raises Denied when the plan is locked, Conflict when somebody saved meanwhile."""
    with editing(plan, version=version, by=by) as locked:
        permissions.can_edit(by, locked).require()
        detail = changes({"title": locked.title, "foreword": locked.foreword}, {"title": title, "foreword": foreword})
        locked.title, locked.foreword = title, foreword
        record("plan.text", locked, by=by, detail=detail | rows.save(PlanSection, locked, sections))
    plan.title, plan.foreword = title, foreword
    return plan


def save_targets(*, plan: AnnualPlan, targets: Sequence[Row], by: Any, version: int | None = None) -> AnnualPlan:
    """The targets. Raises as `save_text`."""
    return save_part(Target, "plan.targets", plan, targets, by, version)


def save_items(*, plan: AnnualPlan, items: Sequence[Row], by: Any, version: int | None = None) -> AnnualPlan:
    """What is scheduled for which month. Raises as `save_text`."""
    return save_part(ScheduledItem, "plan.items", plan, items, by, version)


def save_part(model: type, action: str, plan: AnnualPlan, given: Sequence[Row], by: Any,
              version: int | None) -> AnnualPlan:  # fmt: skip
    with editing(plan, version=version, by=by) as locked:
        permissions.can_edit(by, locked).require()
        record(action, locked, by=by, detail=rows.save(model, locked, given))
    return plan


# --- approval ------------------------------------------------------------------------------------------------------
def submit(*, plan: AnnualPlan, by: Any, version: int | None = None) -> AnnualPlan:
    """Sends the plan to those who may approve it. Raises Denied when it is empty."""
    with FLOW.step(plan, "submit", by=by, version=version) as locked:
        approvers = [user for user in users_with(Can.APPROVE_PLANS, locked.office) if user.pk != by.pk]
        tell(approvers, f"{by.name} 提交了《{locked.title}》，等待您审批。", url=locked.get_absolute_url())
    return plan


def approve(*, plan: AnnualPlan, by: Any, version: int | None = None) -> AnnualPlan:
    """Puts the plan in force; the version before it is superseded in the same transaction."""
    with FLOW.step(plan, "approve", by=by, version=version) as locked:
        previous = selectors.in_force(locked.office, locked.year)
        if previous is not None:
            with SUCCESSION.step(previous, "supersede", by=by):
                settle(previous, locked, by=by)
        locked.approved_at = timezone.now()
        tell(authors(locked), f"《{locked.title}》已批准执行。", url=locked.get_absolute_url())
    return plan


def return_plan(*, plan: AnnualPlan, by: Any, reason: str, version: int | None = None) -> AnnualPlan:
    """Back to the office with a reason."""
    with FLOW.step(plan, "return", by=by, reason=reason, version=version) as locked:
        tell(authors(locked), f"《{locked.title}》被退回修改：{reason.strip()}", url=locked.get_absolute_url())
    return plan


def withdraw(*, plan: AnnualPlan, by: Any, version: int | None = None) -> AnnualPlan:
    """The office takes a submitted plan back to change it."""
    with FLOW.step(plan, "withdraw", by=by, version=version):
        return plan


def authors(plan: AnnualPlan) -> list[Any]:
    """Who submitted it last, and who saved it last."""
    submitted = [event.actor for event in history(plan) if event.name == "submit"]
    return [*submitted[-1:], plan.updated_by]
