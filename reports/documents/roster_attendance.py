"""委员考勤表 of a year: how often each member was expected, came, came late, was on leave or absent."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models import Count

from activities.enums import CAME, COUNTED, SHEET_ORDER
from activities.models import Attendance
from core import breakdown
from core.clock import Span
from core.pdf.blocks import Column, Paragraph, Run, Table
from members.models import Member
from organisation.models import Office
from reports.documents import Composition, Document, register
from reports.documents.roster import begun, grouped, members_of

COLUMNS = [
    Column("序号", 6, "center"), Column("姓名", 12, "center"), Column("联络组", 22, "center"),
    Column("应到", 8, "center"), *(Column(state.label, 7, "center") for state in SHEET_ORDER),
    Column("出席率", 10, "center"),
]  # fmt: skip

Counts = dict[str, int]


def counted(member_ids: Collection[int], year: int) -> dict[int, Counts]:
    """Member → state → how often, at what took place in the year; plain records left out. One query.

    The same rows as 活动出席 on a member's page (`activities.dossier`).
    """
    first, end = Span.year(year).moments
    rows = Attendance.objects.expected().filter(
        member_id__in=member_ids, activity__state__in=COUNTED, activity__type__is_record=False,
        activity__starts_at__gte=first, activity__starts_at__lt=end,
    )  # fmt: skip
    found: dict[int, Counts] = {}
    for member, state, count in rows.order_by().values_list("member_id", "state").annotate(count=Count("pk")):
        found.setdefault(member, {})[state] = count
    return found


def due(counts: Counts) -> int:
    return sum(counts.values())


def came(counts: Counts) -> int:
    return sum(counts.get(state, 0) for state in CAME)


def rate(counts: Counts) -> str:
    """Who came late or left early was there; a dash for whom nobody expected."""
    share = breakdown.rate(came(counts), due(counts))
    return "—" if share is None else f"{share:g}%"


def cells(counts: Counts) -> tuple[object, ...]:
    return (due(counts), *(counts.get(state, 0) or "" for state in SHEET_ORDER), rate(counts))


def together(all_counts: Sequence[Counts]) -> Counts:
    return {state: sum(each.get(state, 0) for each in all_counts) for state in SHEET_ORDER}


def compose(office: Office, year: int, as_of: datetime) -> Composition:
    """Raises DomainError when there are no members."""
    members = members_of(office, year, as_of)
    counts = counted([each.pk for each in members], year)
    found = begun(office, f"{year}年委员活动考勤表", year, as_of, members)
    lines = []
    for group, rows in grouped(members, office):
        for each in rows:
            lines.append((len(lines) + 1, each.name, group, *cells(counts.get(each.pk, {}))))
    whole = together(list(counts.values()))
    found.add(Table(COLUMNS, [*lines, ("合计", f"{len(members)}人", "", *cells(whole))], wide=True))
    found.add(told(found, members, counts), Paragraph(DEFINITION))
    return found


DEFINITION = (
    "说明：统计委员应当参加的已开展活动，包括其他办公室组织的；报名参加的活动，报名或登记出席的计入应到；"
    "出席率＝（出席＋迟到＋早退）÷应到。"
)


def told(found: Composition, members: Sequence[Member], counts: dict[int, Counts]) -> Paragraph:
    whole = together(list(counts.values()))
    never = sum(1 for each in members if due(counts.get(each.pk, {})) and not came(counts[each.pk]))
    runs: list[Run] = [
        "应到", found.figure("due", due(whole), "人次", "应到人次"), "，实到",
        found.figure("came", came(whole), "人次", "实到人次"), "，出席率",
        found.figure("rate", rate(whole), "", "出席率"), "；应到而全年未到的委员",
        found.figure("never", never, "人", "应到而全年未到"), "。",
    ]  # fmt: skip
    return Paragraph(runs)


register(Document("attendance_table", "委员考勤表", "每位委员全年应到、出席、请假、缺席的次数和出席率", compose))
