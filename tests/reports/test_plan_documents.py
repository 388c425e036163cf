"""Documents of plans: consultation plan, half-year plans, roll-up, and the year on one sheet."""

from __future__ import annotations

import io
from datetime import datetime

import pypdfium2
import pytest
from django.urls import reverse
from django.utils import timezone

from core import pdf
from core.errors import DomainError
from core.pdf import board as paper
from core.pdf.blocks import Heading, Paragraph, Table
from core.pdf.board import A3, A4, BoardRow, Cell, Note, YearBoard
from plans import services
from reports.documents import documents
from reports.services import printed
from tests import factories as make

pytestmark = pytest.mark.django_db
AS_OF = timezone.make_aware(datetime(make.YEAR, 11, 22, 9))


@pytest.fixture
def staff(world):
    return world.people["staff"]


def composed(office, key):
    return documents.get(key).compose(office, make.YEAR, AS_OF)


def words(found):
    return "".join(text for block in found.blocks if isinstance(block, Paragraph) for text, _ in block.parts)


def headings(found):
    return [f"{each.number}{each.text}" for each in found.blocks if isinstance(each, Heading)]


def rows(found):
    return [each.rows for each in found.blocks if isinstance(each, Table)]


# --- consultation plan ---------------------------------------------------------------------------------------------
def test_the_consultation_plan_lists_by_form(world):
    plan = world["plan.approved"]
    make.ItemFactory(plan=plan, form="thematic", topic="养老服务", content="互助养老", organisers="提案委、民政局")
    make.ItemFactory(plan=plan, form="appraisal", topic="评议政务大厅", content="政务大厅", month=9)
    found = composed(plan.office, "consultation_plan")
    assert headings(found) == ["一、专题协商（1项）", "（一）养老服务", "二、民主评议（1项）", "（一）评议政务大厅"]
    assert "评议对象：政务大厅" in words(found) and "组织单位：提案委、民政局" in words(found)
    assert found.figures == {"consultations": 2, "consultations.thematic": 1, "consultations.appraisal": 1}


def test_a_consultation_that_was_moved_keeps_its_approved_time(world, staff):
    item = make.ItemFactory(plan=world["plan.approved"], form="thematic", month=5)
    services.move_item(item=item, month=12, reason="与全会冲突", by=staff)
    assert "时间：5月（原定5月，调整到12月，因：与全会冲突）" in words(composed(item.plan.office, "consultation_plan"))


def test_no_consultations_no_document(world):
    with pytest.raises(DomainError, match="没有协商活动"):
        composed(world.offices["town"], "consultation_plan")


# --- half a year ---------------------------------------------------------------------------------------------------
def test_the_halves_share_the_years_items(world):
    plan = world["plan.approved"]
    make.ItemFactory(plan=plan, month=8, topic="走访企业")
    make.ItemFactory(plan=plan, month=6, until_month=7, topic="跨月调研")
    make.TargetFactory(plan=plan, text="每季度学习", period="quarter", amount=1)
    first, second = (composed(plan.office, f"half_plan_{half}") for half in ("first", "second"))
    assert [row[2] for row in rows(first)[1]] == ["视察乡村道路养护", "跨月调研"]
    assert [row[2] for row in rows(second)[1]] == ["跨月调研", "走访企业"]
    assert [row[3] for row in rows(first)[0]] == ["不少于1次", "2次"]
    assert [row[3] for row in rows(second)[0]] == ["完成全年要求", "2次"]


def test_a_cancelled_item_is_in_no_half(world, staff):
    item = make.ItemFactory(plan=world["plan.approved"], month=5, topic="走访企业")
    services.cancel_item(item=item, reason="不办了", by=staff)
    assert composed(item.plan.office, "half_plan_first").figures["items"] == 1


# --- roll-up -------------------------------------------------------------------------------------------------------
def test_the_roll_up_holds_all_offices(world):
    plan = make.PlanFactory(office=world.offices["street"])
    make.ItemFactory(plan=plan, topic="巷道视察", month=2)
    found = composed(world.offices["county"], "plan_year")
    assert (found.figures["offices"], found.figures["plans"], found.figures["items"]) == (3, 2, 2)
    assert [row[3] for row in rows(found)[-1]] == ["巷道视察", "视察乡村道路养护"]


# --- one sheet -----------------------------------------------------------------------------------------------------
def note(number):
    return Note(f"第{number}次到村居走访群众听取意见并协商解决道路养护难题", "上旬", "未开始")


def board_row(label, per_month):
    return BoardRow(label, [Cell([note(n) for n in range(per_month)], per_month) for _ in range(12)])


@pytest.mark.parametrize("sheets", [A3, A4])
@pytest.mark.parametrize(("offices", "per_month"), [(1, 2), (1, 40), (6, 5), (20, 4), (90, 9)])
def test_whatever_the_year_holds_fits_and_is_counted(sheets, offices, per_month):
    rows, sheet = paper.fit([board_row(f"第{n}联络处", per_month) for n in range(offices)], sheets)
    assert paper.height(rows, sheet, len(rows) > 1) <= sheet.lines
    assert sum(cell.total for row in rows for cell in row.cells) == offices * per_month * 12
    hidden = sum(row.hidden for row in rows)
    assert all(cell.rest for row in rows for cell in row.cells if cell.is_short)
    assert (hidden == 0) == (sum(len(cell.notes) for row in rows for cell in row.cells) == offices * per_month * 12)


@pytest.mark.parametrize(("key", "size"), [("plan_board_a3", (1191, 842)), ("plan_board_a4", (842, 595))])
def test_a_full_year_is_printed_on_one_sheet(world, key, size):
    plan = world["plan.approved"]
    for group in (None, world["group"], make.GroupFactory(office=plan.office, name="第二联络组")):
        for month in range(1, 13):
            for number in range(4):
                make.ItemFactory(plan=plan, month=month, group=group, topic=note(number).title)
    found, result = printed(key, plan.office, make.YEAR, as_of=AS_OF)
    page = pypdfium2.PdfDocument(io.BytesIO(result.data))[0]
    assert result.pages == 1 and [round(each) for each in page.get_size()] == list(size)
    assert found.figures["board.planned"] == 145
    text = page.get_textpage().get_text_range()
    short = [cell.rest for row in found.blocks[0].rows for cell in row.cells if cell.is_short]
    assert all(rest in text for rest in short) and bool(short) == bool(found.blocks[0].left_out)


@pytest.mark.parametrize(("sheets", "offices", "per_month"), [(A4, 30, 3), (A3, 1, 40)])
def test_the_estimate_holds_on_the_printed_sheet(sheets, offices, per_month):
    rows, sheet = paper.fit([board_row(f"第{n}联络处", per_month) for n in range(offices)], sheets)
    heads = [(f"{month}月", "已开展12/13，过期2，取消1", month == 3) for month in range(1, 13)]
    blocks = [YearBoard(sheet, heads, rows, "计划390项。")]
    assert pdf.render("documents/board.html", {"blocks": blocks}, title="工作汇总看板", created=AS_OF).pages == 1


def test_buttons_make_the_document_at_once(world, sign_in):
    browser, plan = sign_in("staff"), world["plan.approved"]
    page = browser.get(reverse("plan_months", args=[plan.pk])).content.decode()
    address = reverse("report_make", args=["plan_board_a3", plan.office_id, plan.year])
    assert address in page
    assert browser.post(address).status_code == 302
