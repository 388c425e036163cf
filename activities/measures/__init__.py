"""What a target can count of activities (domain.md h1): occasions, person-times, members, summed quantities, the rate
of attendance; what activities came to (成果); and how satisfied those asked were.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from activities import figures
from activities.defaults import AUDIENCE, LEVEL, PLACE_KIND, QUANTITY
from activities.models import Activity, ActivityQuantity, ActivityType, Attendance
from organisation.models import Code
from organisation.selectors import code_choices
from plans import consultation
from plans.enums import Metric
from plans.measures import FilterField, Measure, Ratio, Window, of_group, register

#: Kinds of results that make the rate of satisfaction of surveys on paper.
SATISFIED, SURVEYED = "satisfied", "surveyed"


def records(window: Window) -> QuerySet[Activity]:
    return figures.records(window.office_ids, window.span, dict(window.filters))


def parts(window: Window) -> QuerySet[Attendance]:
    return figures.parts(window.office_ids, window.span, dict(window.filters))


def on_lists(window: Window) -> QuerySet[Attendance]:
    return figures.on_lists(window.office_ids, window.span, dict(window.filters))


def results(window: Window) -> QuerySet[ActivityQuantity]:
    return figures.results(window.office_ids, window.span, dict(window.filters))


def partners(window: Window) -> frozenset[int]:
    return figures.partners(window.office_ids, window.span)


def of_kind(kind: str) -> Callable[[Window], QuerySet[ActivityQuantity]]:
    return lambda window: figures.results(window.office_ids, window.span, {**dict(window.filters), "kind": kind})


def list_query(window: Window) -> dict[str, str]:
    """The query with which activity_list shows exactly `records(window)`, and their sums above the table."""
    filters = {name: value for name, value in window.filters if value}
    if "kind" in filters:
        filters["result"] = filters.pop("kind")
    return {
        "office": ",".join(str(pk) for pk in sorted(window.office_ids)),
        "from": window.span.first.isoformat(),
        "to": window.span.last.isoformat(),
        "counted": "1",
        **filters,
    }


def satisfaction_query(window: Window) -> dict[str, str]:
    return {**list_query(window), "result": f"{SURVEYED},{SATISFIED}"}


# --- choices and words -----------------------------------------------------------------------------------------------
def type_choices(office: Any = None) -> list[tuple[str, str]]:
    return list(ActivityType.objects.filter(is_active=True).values_list("code", "label"))


def countable_types(office: Any = None) -> list[tuple[str, str]]:
    """As a target names them: plain records say that they are no activities."""
    rows = ActivityType.objects.filter(is_active=True).values_list("code", "label", "is_record")
    return [(code, f"{label}（登记）" if is_record else label) for code, label, is_record in rows]


def type_units() -> dict[str, str]:
    return dict(ActivityType.objects.values_list("code", "unit"))


def result_units() -> dict[str, str]:
    """Kind of result → the unit in the last brackets of its name: 结成帮扶对子（对） → 对."""
    rows = Code.objects.filter(kind=QUANTITY).order_by("starts", "pk").values_list("code", "label")
    return {code: unit_in(label) for code, label in rows if unit_in(label)}


def unit_in(label: str) -> str:
    return label[:-1].rpartition("（")[2] if label.endswith("）") and "（" in label else ""


def code_field(label: str, kind: str) -> FilterField:
    return FilterField(label, lambda office: code_choices(kind, office))


PLANNED = FilterField("计划", lambda office: [(figures.PLANNED, "计划内"), (figures.UNPLANNED, "计划外")])
NARROWER = {
    "place_kind": code_field("场所", PLACE_KIND),
    "audience": code_field("对象", AUDIENCE),
    "level": code_field("级别", LEVEL),
    "form": code_field("协商形式", consultation.FORM),
}
QUANTITIES = {Metric.HOURS: "hours", Metric.AMOUNT: "amount", Metric.HOUSEHOLDS: "households", Metric.COPIES: "copies"}


def install() -> None:
    """Called once by the app's configuration."""
    register(
        Measure(
            key="activities",
            label="活动",
            unit="次",
            records=records,
            parts=parts,
            list_url="activity_list",
            list_query=list_query,
            member_query=lambda pk: {"member": str(pk), "attended": "came"},
            group_query=of_group,
            date_field="starts_at",
            part_date_field="activity__starts_at",
            office_field="office_id",
            shared=partners,
            quantities=QUANTITIES,
            ratio=Ratio(
                "到会率", ("实到", "应到"), "人次", parts, on_lists, "activity__starts_at",
                member_field="member_id", office_field="activity__office_id",
            ),
            units=("type", type_units),
            filters={"type": FilterField("类型", countable_types), **NARROWER, "planned": PLANNED},
            order=10,
        )
    )  # fmt: skip
    register(
        Measure(
            key="results",
            label="活动成果",
            unit="项",
            records=results,
            list_url="activity_list",
            list_query=list_query,
            date_field="activity__starts_at",
            office_field="activity__office_id",
            shared=partners,
            quantities={Metric.RECORDS: "value"},
            ratio=Ratio(
                "满意率", ("满意", "收回"), "份", of_kind(SATISFIED), of_kind(SURVEYED), "activity__starts_at",
                summed="value", office_field="activity__office_id", list_query=satisfaction_query,
            ),
            units=("kind", result_units),
            has_all=False,
            order=40,
            filters={"kind": code_field("成果", QUANTITY), "type": FilterField("活动类型", type_choices)},
        )
    )  # fmt: skip
