"""年度工作看板: the year of an office, or of all offices below it too, on one sheet of A3 or A4."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from django.utils import timezone

from core.clock import chinese_date
from core.errors import DomainError
from core.pdf import board as paper
from core.pdf.board import A3, A4, BoardRow, Cell, Note, Sheet, YearBoard
from organisation.models import Office
from plans import links, rollup
from plans.enums import PlanState
from plans.pages import items as item_pages
from plans.yearboard import Asking, Board, Entry
from reports.documents import Composition, Document, register
from reports.documents.annual_plan import plan_of

TONES = {"success": "done", "info": "prepared", "danger": "late"}
FOOT = "状态写在括号里：未开始、筹备中、已开展、已总结、已过期未开展；紫色双线是计划外活动，划线的已取消或并入别项。"
Build = Callable[[Office, int], tuple[str, Board]]


def of_office(office: Office, year: int) -> tuple[str, Board]:
    """Raises DomainError when the office has no plan for the year."""
    plan = plan_of(office, year)
    if plan is None:
        raise DomainError(f"{office.name}还没有{year}年的年度计划，请先录入计划。")
    plan.office = office
    outside = links.unplanned({office.pk}, year) if plan.state == PlanState.APPROVED else []
    return f"{office.short_name}{year}年工作看板", item_pages.by_group(
        plan, item_pages.standings_of(plan), outside, Asking()
    )


def of_offices(office: Office, year: int) -> tuple[str, Board]:
    """Raises DomainError when none of them has a plan in force."""
    lines = rollup.lines(rollup.tree(office), year)
    if not any(line.is_in_force for line in lines):
        raise DomainError(f"{office.name}和下级办公室都没有{year}年执行中的计划。")
    return f"{office.short_name}{year}年工作汇总看板", rollup.board(lines, year)


def compose(office: Office, year: int, as_of: datetime, *, sheets: Sequence[Sheet], build: Build) -> Composition:
    title, board = build(office, year)
    found = Composition(title, office.name, f"截至{chinese_date(timezone.localtime(as_of).date())}")
    found.template = "documents/board.html"
    total = board.total
    names = {"planned": total.planned, "done": total.done, "overdue": total.overdue, "unplanned": total.unplanned,
             "cancelled": total.cancelled, "merged": total.merged, "moved": total.moved}  # fmt: skip
    found.figures = {f"board.{name}": value for name, value in names.items()}
    heads = [(cell.label, balance.words, cell.current) for cell, balance in board.by_month]
    foot = (
        f"计划{total.planned}项，已开展{total.done}项，已过期未开展{total.overdue}项，计划外{total.unplanned}次。{FOOT}"
    )
    rows, sheet = paper.fit([row(each) for each in board.rows], sheets)
    found.add(YearBoard(sheet, heads, rows, foot))
    return found


def row(each: object) -> BoardRow:
    cells = [cell(month.entries) for month in each.cells]
    return BoardRow(each.label, cells, cell(each.long))


def cell(entries: list[Entry]) -> Cell:
    return Cell([note(entry) for entry in entries], len(entries))


def note(entry: Entry) -> Note:
    tone = "extra" if entry.unplanned else "dropped" if entry.is_dropped else TONES.get(entry.tone, "open")
    return Note(entry.title, entry.when, entry.status, tone)


for sheets in (A3, A4):
    size = sheets[0].key
    register(
        Document(
            f"plan_board_{size}", f"年度工作看板（{size.upper()}一张）",
            "十二个月的安排和开展情况印在一张纸上，可以上墙", partial(compose, sheets=sheets, build=of_office),
            ("board",),
        )
    )  # fmt: skip
    register(
        Document(
            f"plan_year_board_{size}", f"各办公室汇总看板（{size.upper()}一张）",
            "本级和下级各办公室的全年安排印在一张纸上", partial(compose, sheets=sheets, build=of_offices), ("year",),
        )
    )  # fmt: skip
