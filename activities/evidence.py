"""What proves an activity (domain.md H36): notice, material, minutes, photos, attendance, report.

Which of them an activity needs is data of its type (models.TypeNeeds); whether it has them is asked of the database,
so that a list knows it without a query per row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from activities.enums import COUNTED, AttendanceState
from activities.models import Activity, ActivityNotice, ActivityType, Attendance, Material, Photo

NOTICE, AGENDA, DOCUMENT, REPORT, SIGN_IN, BRIEFING, OTHER = (
    "notice", "agenda", "document", "report", "sign_in", "briefing", "other"
)  # fmt: skip
#: Kinds of material that are evidence of their own; every other kind counts as material.
OWN_KINDS = (NOTICE, REPORT, SIGN_IN, BRIEFING)


@dataclass(frozen=True)
class Evidence:
    """`given()` is a condition on rows of Activity. `missing` says what to do."""

    code: str
    label: str
    given: Callable[[], Q]
    missing: str
    page: str = "activity_materials"


def has_material(*kinds: str) -> Exists:
    return Exists(Material.objects.filter(activity=OuterRef("pk"), kind__in=kinds))


def has_notice() -> Q:
    return Q(Exists(ActivityNotice.objects.filter(activity=OuterRef("pk")))) | Q(has_material(NOTICE))


def has_documents() -> Q:
    return Q(Exists(Material.objects.filter(activity=OuterRef("pk")).exclude(kind__in=OWN_KINDS)))


def has_roll() -> Q:
    """Everybody who is expected is registered."""
    rows = Attendance.objects.expected().filter(activity=OuterRef("pk"))
    return Q(Exists(rows)) & ~Q(Exists(rows.filter(state=AttendanceState.INVITED)))


EVIDENCE: dict[str, Evidence] = {
    each.code: each
    for each in (
        Evidence("notice", "通知", has_notice, "还没有发通知，也没有上传通知"),
        Evidence("material", "会议材料", has_documents, "还没有上传"),
        Evidence("minutes", "活动记录", lambda: ~Q(minutes=""), "还没有填写", "activity_minutes"),
        Evidence("photos", "照片", lambda: Q(Exists(Photo.objects.filter(activity=OuterRef("pk")))), "还没有照片",
                 "activity_photos"),
        Evidence("attendance", "出席登记", has_roll, "还没有登记完", "activity_attendance"),
        Evidence("report", "报告", lambda: Q(has_material(REPORT)), "还没有上传"),
        Evidence("briefing", "简报", lambda: Q(has_material(BRIEFING)), "还没有上传"),
    )
}  # fmt: skip

#: What a type needs when nobody has said anything about it.
USUAL = ("notice", "minutes", "photos", "attendance")


def required(kind: ActivityType) -> tuple[str, ...]:
    """Codes the type asks for, in the order of EVIDENCE. Plain records need none."""
    if kind.is_record:
        return ()
    needs = getattr(kind, "needs", None)
    return known(needs.evidence if needs else USUAL)


def known(codes: Iterable[str]) -> tuple[str, ...]:
    wanted = set(codes)
    return tuple(code for code in EVIDENCE if code in wanted)


def required_by_type() -> dict[int, tuple[str, ...]]:
    """type id → codes, for lists: one query."""
    rows = ActivityType.objects.values_list("pk", "is_record", "needs__evidence")
    return {pk: () if is_record else known(USUAL if codes is None else codes) for pk, is_record, codes in rows}


def with_evidence(rows: QuerySet[Activity], by_type: Mapping[int, tuple[str, ...]]) -> QuerySet[Activity]:
    """Rows with `evidence_given`: how many of the pieces its type asks for an activity has."""
    return rows.annotate(evidence_given=sum_of(by_type, lambda condition, types: Q(type_id__in=types) & condition))


def incomplete(by_type: Mapping[int, tuple[str, ...]] | None = None) -> Q:
    """Activities that took place and lack a piece their type asks for."""
    by_type = required_by_type() if by_type is None else by_type
    lacking = Q(pk__in=())
    for code, types in asking(by_type).items():
        lacking |= Q(type_id__in=types) & ~EVIDENCE[code].given()
    return Q(state__in=COUNTED) & lacking


def asking(by_type: Mapping[int, tuple[str, ...]]) -> dict[str, list[int]]:
    """code → ids of the types that ask for it."""
    found: dict[str, list[int]] = {}
    for pk, codes in by_type.items():
        for code in codes:
            found.setdefault(code, []).append(pk)
    return found


def sum_of(by_type: Mapping[int, tuple[str, ...]], condition: Callable[[Q, list[int]], Q]) -> Any:
    parts = [
        Case(When(condition(EVIDENCE[code].given(), types), then=Value(1)), default=Value(0),
             output_field=IntegerField())
        for code, types in asking(by_type).items()
    ]  # fmt: skip
    return reduce(add, parts) if parts else Value(0, output_field=IntegerField())


def of_activity(activity: Activity) -> list[tuple[Evidence, bool]]:
    """What this activity needs, each with whether it is there; two queries."""
    wanted = [EVIDENCE[code] for code in required(activity.type)]
    columns = {
        f"has_{each.code}": Case(When(each.given(), then=Value(1)), default=Value(0), output_field=IntegerField())
        for each in wanted
    }
    row = Activity.objects.filter(pk=activity.pk).values(**columns).first() if columns else {}
    return [(each, bool(row[f"has_{each.code}"])) for each in wanted]
