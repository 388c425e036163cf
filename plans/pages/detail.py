"""What the pages of one plan show. Reads only; every figure comes from `plans.progress`."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, QuerySet, When
from django.urls import reverse
from django.utils import timezone

from core.clock import chinese_date, chinese_number
from core.pages import Link
from core.workflow import history
from members.models import Member
from organisation.models import LiaisonGroup
from plans import consultation, permissions, printing, progress, rollup, selectors, subjects
from plans.board import TargetCard
from plans.enums import PlanState, Scope
from plans.figures import PeriodStanding, Progress, number
from plans.models import AnnualPlan, PlanSection, Target
from plans.pages import changes as changes
from plans.pages import items as item_pages
from plans.pages.summaries import ScheduleSummary, Summary, state_tone

PEOPLE_PER_PAGE = 50
EVENT_TONES = {"approve": "success", "return": "warning", "supersede": "neutral"}


def lead(plan: AnnualPlan) -> str:
    """Office, version and since when it is in force, in one line."""
    parts = [plan.office.name, f"第{plan.revision}版"]
    if plan.approved_at:
        parts.append(f"{chinese_date(timezone.localtime(plan.approved_at).date())}批准")
    return " · ".join(parts)


def links(plan: AnnualPlan, user: Any) -> list[Link]:
    """Buttons in the head: the schedule for the wall, what is printed, amending."""
    found = [Link("月度看板", reverse("plan_months", args=[plan.pk]), icon="calendar3")]
    found += printing.of_plan(user, plan, "plan")
    if permissions.can_amend(user, plan):
        found.append(Link("修订计划", reverse("plan_amend", args=[plan.pk]), icon="pencil-square", post=True))
    return found


def context(plan: AnnualPlan, user: Any) -> dict[str, Any]:
    """Everything of the plan's page."""
    figures = progress.of_plan(plan)
    standings = item_pages.standings_of(plan)
    opens = permissions.sees_work(user, plan)
    editable = bool(permissions.can_edit(user, plan))
    return {
        "plan": plan,
        "editable": editable,
        "cards": [TargetCard(figure, opens) for figure in figures],
        "summary": Summary.of(figures),
        "scheduled": ScheduleSummary.of(standings),
        "board": item_pages.board_of(plan, standings, user),
        "consultations": consultation.by_form(standings),
        "consultation_prints": printing.of_plan(user, plan, "consultation"),
        "consulted": sum(bool(each.item.form) for each in standings),
        "decided": [each for each in standings if each.note],
        "below": rollup.lines(rollup.below(plan, user), plan.year) if opens else [],
        "sections": numbered(plan),
        "events": events(plan) if opens else [],
        "versions": [(each, state_tone(each.state)) for each in selectors.versions(plan, user)],
        "changes": changes.by_part(plan.amends, plan) if plan.amends and opens else [],
        "pending": pending_amendment(plan) if opens else None,
    }


def numbered(plan: AnnualPlan) -> list[tuple[str, PlanSection]]:
    """Sections with their numbers: 一、 for the first level, （一） below it, counted anew under each."""
    found, upper, lower = [], 0, 0
    for section in plan.sections.all():
        upper, lower = (upper + 1, 0) if section.level == 1 else (upper, lower + 1)
        number_text = f"{chinese_number(upper)}、" if section.level == 1 else f"（{chinese_number(lower)}）"
        found.append((number_text, section))
    return found


def pending_amendment(plan: AnnualPlan) -> AnnualPlan | None:
    """The amendment being worked on while this version is in force."""
    if plan.state != PlanState.APPROVED:
        return None
    return AnnualPlan.objects.filter(amends_id=plan.pk).first()


def events(plan: AnnualPlan) -> list[SimpleNamespace]:
    """How the plan came about, from its first draft."""
    start = SimpleNamespace(label="开始起草", actor_name="", at=plan.created_at, reason="", tone="info")
    return [start] + [
        SimpleNamespace(label=each.label, actor_name=each.actor_name, at=each.at, reason=each.reason,
                        tone=EVENT_TONES.get(each.name, "info"))
        for each in history(plan)
    ]  # fmt: skip


# --- one target ------------------------------------------------------------------------------------------------------
def target(chosen: Target, user: Any, page: str | None = None) -> dict[str, Any]:
    """The target's card, what it counts, its periods, and a page of those who are asked."""
    (figure,) = progress.of_targets([chosen])
    opens = permissions.sees_work(user, chosen.plan)
    return {
        "plan": chosen.plan,
        "card": TargetCard(figure, opens),
        "facts": facts(figure),
        "subjects": told(figure, opens),
        "periods": [period(each, figure, opens) for each in figure.periods],
        "people": people(figure, page) if figure.coverage and opens else None,
    }


def facts(figure: Progress) -> list[tuple[str, str]]:
    """What is counted how, in words."""
    chosen, day = figure.target, figure.as_of
    words = subjects.in_words(chosen, subjects.labels(chosen.plan.office))
    pairs = [("统计什么", words), ("要求", figure.requirement), ("按什么计数", chosen.get_metric_display())]
    if figure.basis:
        pairs.append((figure.basis.label, figure.basis.text))
    if figure.countable:
        pairs.append(("统计范围", f"{chinese_date(figure.span.first)}至{chinese_date(figure.span.last)}"))
    return [*pairs, ("数据截至", chinese_date(day))]


def told(figure: Progress, opens: bool) -> list[tuple[str, str, str, str]]:
    """(words, number, unit, page of the records) of each of several subjects."""
    known = subjects.labels(figure.target.plan.office) if figure.subjects else {}
    return [
        (subjects.words(each.subject, known), number(each.actual), each.unit, each.url if opens else "")
        for each in figure.subjects
    ]


def period(each: PeriodStanding, figure: Progress, opens: bool) -> dict[str, Any]:
    url = figure.link(each.span) if opens and figure.link else ""
    return {"period": each, "actual": number(each.actual), "amount": number(each.amount), "url": url}


def people(figure: Progress, page: str | None) -> Page:
    """Members or groups with their counts, 50 to a page; those who are not there yet first."""
    coverage, scope = figure.coverage, figure.target.scope
    there = Case(When(pk__in=coverage.missing_ids, then=0), default=1)
    rows: QuerySet = Member.objects.select_related("group", "office")
    if scope != Scope.EACH_MEMBER:
        rows = LiaisonGroup.objects.select_related("office")
    chosen = rows.filter(pk__in=coverage.counts).order_by(there, *rows.model._meta.ordering)
    shown = Paginator(chosen, PEOPLE_PER_PAGE).get_page(page)
    shown.object_list = [person(row, figure) for row in shown.object_list]
    return shown


def person(row: Any, figure: Progress) -> dict[str, Any]:
    coverage, is_member = figure.coverage, isinstance(row, Member)
    return {
        "name": row.name,
        "url": row.get_absolute_url() if is_member else "",
        "records": figure.link(key=row.pk) if figure.link and coverage.counts[row.pk] else "",
        "office": row.office.short_name,
        "group": getattr(row, "group", None) or "",
        "count": number(coverage.counts[row.pk]),
        "there": row.pk not in coverage.missing_ids,
    }
