"""Scores of units: what is scored and whom, sheets counted by staff, ballots of members, rectification."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from activities.enums import CAME, ActivityState
from activities.models import Activity, ScoreBallot, ScoreCriterion, ScoredUnit, UnitScore
from activities.permissions import followup as record_rights
from activities.services.keeping import known_unit, note, supplementing
from audit.services import record
from core.errors import Denied, DomainError
from members.models import Member


def set_up_scores(*, by: Any, activity: Activity, criteria: Sequence[tuple[str, int]],
                  units: Sequence[str]) -> None:  # fmt: skip
    """What is scored (label, most points) and which units, in this order. What has scores already stays.

    Raises Denied, DomainError.
    """
    with supplementing(activity, by=by) as locked:
        refuse_doubles([label for label, _ in criteria], "评议项目")
        refuse_doubles(units, "单位")
        set_criteria(locked, criteria)
        set_units(locked, units)
        note("activity.scores", locked, by=by, detail={"criteria": len(criteria), "units": len(units)})


def refuse_doubles(names: Sequence[str], what: str) -> None:
    double = next((name for place, name in enumerate(names) if name in names[:place]), None)
    if double is not None:
        raise DomainError(f"{what}“{double}”写了两次。")


def set_criteria(activity: Activity, wanted: Sequence[tuple[str, int]]) -> None:
    stored = {each.label: each for each in activity.criteria.all()}
    begun = activity.scored_units.filter(Q(sheets__gt=0) | Q(ballots__gt=0)).exists()
    if begun and any(label not in stored for label, _ in wanted):
        raise DomainError("已经开始打分，不能再增加评议项目。")
    for order, (label, top) in enumerate(wanted):
        row = stored.pop(label, None) or ScoreCriterion(activity=activity, label=label)
        if row.pk and row.top != top and has_scores(UnitScore.objects.filter(criterion=row)):
            raise DomainError(f"“{label}”已经有得分，不能再改满分。")
        row.top, row.order = top, order
        row.save()
    refuse_scored(UnitScore.objects.filter(criterion__in=stored.values()), "、".join(stored))
    activity.criteria.filter(pk__in=[each.pk for each in stored.values()]).delete()


def set_units(activity: Activity, wanted: Sequence[str]) -> None:
    stored = {each.name: each for each in activity.scored_units.all()}
    for order, name in enumerate(wanted):
        row = stored.pop(name, None) or ScoredUnit(activity=activity, name=name, unit=known_unit(name))
        row.order = order
        row.save()
    refuse_scored(UnitScore.objects.filter(unit__in=stored.values()), "、".join(stored))
    activity.scored_units.filter(pk__in=[each.pk for each in stored.values()]).delete()


def has_scores(rows: Any) -> bool:
    return rows.exclude(sheet_points=0, ballot_points=0).exists()


def refuse_scored(rows: Any, names: str) -> None:
    if has_scores(rows):
        raise DomainError(f"{names}已经有得分，不能去掉。请先把得分改为 0。")


# --- sheets ------------------------------------------------------------------------------------------------------
def save_sheets(*, by: Any, unit: ScoredUnit, sheets: int, points: Mapping[int, Decimal],
                opinions: str) -> ScoredUnit:  # fmt: skip
    """The counted sheets of one unit: `points` are sums by criterion id. Raises Denied, DomainError."""
    with supplementing(unit.activity, by=by) as locked:
        record_rights.can_score(by, locked).require()
        for criterion in locked.criteria.all():
            given = points.get(criterion.pk, Decimal(0))
            if given > criterion.top * sheets:
                most = f"{sheets} 份、每份最多 {criterion.top} 分，不能超过 {criterion.top * sheets} 分"
                raise DomainError(f"“{criterion.label}”的合计分太大：{most}。", field=f"points_{criterion.pk}")
            UnitScore.objects.update_or_create(unit=unit, criterion=criterion, defaults={"sheet_points": given})
        unit.sheets, unit.opinions = sheets, opinions
        unit.save(update_fields=["sheets", "opinions"])
        note("activity.scores", locked, by=by, detail={"unit": unit.name, "sheets": sheets})
    return unit


def save_rectification(*, by: Any, unit: ScoredUnit, rectify_by: date | None, rectified_on: date | None,
                       rectification: str) -> ScoredUnit:  # fmt: skip
    """Until when the unit is to put things right, and what it did. Raises Denied, DomainError."""
    with supplementing(unit.activity, by=by) as locked:
        if rectified_on and not rectification.strip():
            raise DomainError("请写明整改情况。", field="rectification")
        unit.rectify_by, unit.rectified_on, unit.rectification = rectify_by, rectified_on, rectification
        unit.save(update_fields=["rectify_by", "rectified_on", "rectification"])
        detail = {"unit": unit.name, "by": str(rectify_by or ""), "done": str(rectified_on or "")}
        note("activity.rectification", locked, by=by, detail=detail)
    return unit


# --- ballots -----------------------------------------------------------------------------------------------------
def cast_ballot(*, by: Any, activity: Activity, member: Member,
                points: Mapping[tuple[int, int], Decimal]) -> None:  # fmt: skip
    """A member's points by (unit, criterion), once and anonymously: the audit says that, not what.

    Raises Denied for somebody who was not there, DomainError for a second ballot or points out of range.
    """
    with transaction.atomic():
        locked = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
        refuse_stranger(locked, member)
        units, criteria = list(locked.scored_units.all()), list(locked.criteria.all())
        mark_ballot(locked, member)
        for unit in units:
            for criterion in criteria:
                give(unit, criterion, points.get((unit.pk, criterion.pk)))
        locked.scored_units.update(ballots=F("ballots") + 1)
        record("activity.ballot", locked, by=by)


def refuse_stranger(activity: Activity, member: Member) -> None:
    if activity.state != ActivityState.HELD:
        raise Denied("网上评议从活动登记为已开展开始，到完成总结为止。")
    if not activity.attendances.filter(member=member, state__in=CAME).exists():
        raise Denied("只有到场的委员才能评议打分。")


def mark_ballot(activity: Activity, member: Member) -> None:
    try:
        with transaction.atomic():
            ScoreBallot.objects.create(activity=activity, member=member)
    except IntegrityError:
        raise DomainError("您已经评议过，每人一次。") from None


def give(unit: ScoredUnit, criterion: ScoreCriterion, points: Decimal | None) -> None:
    if points is None or not 0 <= points <= criterion.top:
        raise DomainError(
            f"请给“{unit.name}”的“{criterion.label}”打分，0 到 {criterion.top} 分。",
            field=f"points_{unit.pk}_{criterion.pk}",
        )
    row, _ = UnitScore.objects.get_or_create(unit=unit, criterion=criterion)
    UnitScore.objects.filter(pk=row.pk).update(ballot_points=F("ballot_points") + points)
