"""Papers of activities and members, and the rosters: what they say, whom they name, who may have them."""

from __future__ import annotations

import io
from datetime import date

import docx
import openpyxl
import pytest
from django.utils import timezone

from activities.models import ActivityNotice, Finding, Instruction
from core.errors import Denied, DomainError
from core.pdf.blocks import Annex, Attachments, Code, Colophon, Heading, Paragraph, Person, Present, Signature, Table
from reports import permissions, services
from reports.documents import documents
from reports.papers import Making, kinds
from reports.papers.activities_offers import KEYS
from reports.printing import as_docx, as_pdf, as_xlsx, tables
from tests import factories as make
from tests.pdftext import squeezed, text_of

pytestmark = pytest.mark.django_db
NOW = timezone.make_aware(timezone.datetime(make.YEAR, 11, 22, 9))
RARE = "㛃䶮·𬭎"


@pytest.fixture
def office():
    county = make.OfficeFactory(kind="county", name="云溪县政协", short_name="县政协")
    return make.OfficeFactory(parent=county, name="云溪县政协清溪镇联络处", short_name="清溪镇联络处")


@pytest.fixture
def people(office):
    group, term = make.GroupFactory(office=office, name="第一联络组"), make.TermFactory(office=office.parent)
    known = {"office": office, "term": term, "group": group}
    return [
        make.MemberFactory(name=name, employer="学校教师", **known) for name in ("张三", "李四", RARE, "赵六", "孙七")
    ]


@pytest.fixture
def meeting(office, people):
    """Held on 8 May: two present, one late, one on leave, one absent."""
    activity = make.ActivityFactory(
        office=office, type=make.activity_type("inspection"), title="视察河道治理", state="held", place="河口",
        starts_at=make.moment(5, 8), ends_at=make.moment(5, 8, 12), responsible="王主席", guests="县水利局",
        minutes="一、查看现场\n看了三处。\n二、座谈\n听取意见。", outcome="形成共识。",
    )  # fmt: skip
    for member, state in zip(people, ("present", "present", "late", "leave", "absent"), strict=True):
        make.AttendanceFactory(activity=activity, member=member, state=state, reason="出差" if state == "leave" else "")
    return activity


@pytest.fixture
def clerk(office):
    return make.PostingFactory(office=office, role="staff").user


def composed(key, record, part=0, **making):
    kind = kinds.get(key)
    return kind.compose(kind.load(record.pk, part), Making(NOW, **making))


def words(found):
    return "\n".join(text for block in found.blocks if isinstance(block, Paragraph) for text, _ in block.parts)


def of(found, kind):
    return [block for block in found.blocks if isinstance(block, kind)]


# --- the report of an activity ---------------------------------------------------------------------------------------
def test_a_report_tells_what_it_was_and_counts_from_the_list(meeting):
    found = composed("activity_report", meeting)
    assert (found.title, found.date) == ("关于视察河道治理情况的报告", "活动尚未总结")
    assert [f"{each.number}{each.text}" for each in of(found, Heading)] == [
        "一、基本情况", "二、活动过程", "（一）查看现场", "（二）座谈", "三、活动成效",
    ]  # fmt: skip
    assert "应到委员\n5人\n，实到\n3人" in words(found) and found.figures == {"due": 5, "came": 3}


def test_its_participants_are_an_annex_after_the_signature(meeting):
    found = composed("activity_report", meeting)
    at = {type(block): number for number, block in enumerate(found.blocks)}
    assert at[Attachments] < at[Signature] < at[Annex] < at[Table]
    assert [row[1] for row in of(found, Table)[-1].rows] == [each.member.name for each in meeting.attendances.all()]


def test_findings_are_numbered_and_followed_but_no_instruction_is_copied(meeting):
    noted = {"activity": meeting, "kind": "problem", "noted_on": date(make.YEAR, 5, 8)}
    Finding.objects.create(text="排污口未标识。", unit_name="水务站", state="noted", **noted)
    days = {"sent_on": date(make.YEAR, 5, 10), "instructed_on": date(make.YEAR, 5, 12)}
    sent = Finding.objects.create(text="堤岸破损", state="instructed", sent_to="县委", order=1, **days, **noted)
    Instruction.objects.create(finding=sent, leader="某领导", on=date(make.YEAR, 5, 12), text="请抓紧", restricted=True)
    found = composed("activity_report", meeting)
    said = repr(found.blocks)
    assert "排污口未标识（涉及单位：水务站）。" in said and found.figures["findings"] == 2
    assert of(found, Table)[0].rows[0][:2] == (2, "2026年5月10日报送县委\n2026年5月12日获批示")
    assert "请抓紧" not in said and "某领导" not in said


@pytest.mark.parametrize(
    ("code", "title", "wanted"),
    [
        ("research", "关于水产养殖的调研", "关于水产养殖的调研情况的报告"),
        ("research", "水产养殖尾水治理", "关于水产养殖尾水治理的调研报告"),
        ("consultation", "老旧小区改造", "关于老旧小区改造的协商报告"),
        ("welfare", "慰问困难群众", "关于慰问困难群众情况的报告"),
    ],
)
def test_a_report_is_called_after_its_type_once(meeting, code, title, wanted):
    meeting.type, meeting.title = make.activity_type(code), title
    meeting.save()
    assert composed("activity_report", meeting).title == wanted


# --- minutes, notice, attendance -------------------------------------------------------------------------------------
def test_minutes_list_who_was_there_and_are_not_sealed(meeting):
    meeting.duties.create(addressee="县委办公室", due_on=date(make.YEAR, 5, 20))
    found = composed("activity_minutes", meeting)
    shown = {each.word: set(each.names.split("　")) for each in of(found, Present)}
    assert found.head.name == "清溪镇联络处活动纪要" and not of(found, Signature)
    assert shown["出席"] == {"张三", "李四", RARE} and shown["请假"] == {"赵六"} and shown["列席"] == {"县水利局"}
    assert of(found, Colophon)[0].copies == "县委办公室。"


def test_without_minutes_there_is_no_paper_of_them(meeting, clerk):
    sees = kinds.get("activity_minutes").sees
    assert sees(clerk, meeting)
    meeting.minutes = " "
    assert not sees(clerk, meeting)


def test_nothing_is_printed_of_what_has_not_been_written(meeting):
    meeting.minutes = " "
    meeting.save()
    for key in ("activity_minutes", "activity_notice"):
        with pytest.raises(DomainError, match="还没有"):
            composed(key, meeting)


def test_what_is_only_written_down_has_no_papers_of_an_event(office, clerk):
    kind = make.activity_type("reflection")
    kind.is_record = True
    kind.save()
    written = make.ActivityFactory(office=office, type=kind, minutes="心得。")
    assert [key for key in KEYS if kinds.get(key).sees(clerk, written)] == []


def published(activity, **values):
    arranged = {"starts_at": activity.starts_at, "place": activity.place, "published_at": make.moment(5, 1)}
    given = {"number": 1, "body": "请准时参加。", "agenda": "签到\n座谈", "published_by": make.UserFactory()}
    return ActivityNotice.objects.create(activity=activity, **{**arranged, **given, **values})


def test_a_notice_names_nobody_and_has_its_agenda_as_an_annex(meeting):
    published(meeting)
    found = composed("activity_notice", meeting, site="https://portal.example/")
    assert found.title == "关于视察河道治理的通知" and found.head.issuer == meeting.office.name
    assert "有关委员：" in words(found) and "张三" not in repr(found.blocks)
    assert [each.names for each in of(found, Present)] == ["2026年5月8日 09:00 至 12:00", "河口"]
    assert of(found, Annex)[0].mark == "附件" and of(found, Code)[0].url.endswith(f"/activities/{meeting.pk}/")


def test_a_notice_says_time_and_place_once_and_warns_when_they_moved(meeting):
    published(meeting, body="定于5月8日上午9时在河口集合。", agenda="", place="旧址")
    found = composed("activity_notice", meeting)
    assert [each.word for each in of(found, Present)] == ["地点"] and "重新发布" in found.date
    assert not of(found, Annex) and not of(found, Code)


def test_the_attendance_table_has_five_states_and_totals(meeting):
    found = composed("activity_attendance", meeting)
    *rows, last = of(found, Table)[0].rows
    assert last == ("合计", "5人", "", 2, 1, "", 1, 1, "")
    assert {row[1]: row[3:].index("√") for row in rows} == {"张三": 0, "李四": 0, RARE: 1, "赵六": 3, "孙七": 4}
    assert found.figures == {"due": 5, "came": 3, "rate": "60"}


def test_the_sheet_is_blank_before_and_filled_after(meeting, office, people):
    filled = of(composed("attendance_sheet", meeting), Table)[0].rows
    assert len(filled) == 5 and {row[5] for row in filled} >= {"请假（出差）", "缺席"}
    coming = make.ActivityFactory(office=office, state="preparing")
    make.AttendanceFactory(activity=coming, member=people[0], state="leave", reason="腿伤")
    blank = of(composed("attendance_sheet", coming), Table)[0].rows
    assert [row[5] for row in blank] == ["请假", *[""] * 6] and len(blank) == 1 + 6


def test_every_page_of_the_sheet_in_word_says_what_is_signed_for(meeting):
    made = docx.Document(io.BytesIO(as_docx(composed("attendance_sheet", meeting), author="", as_of=NOW)))
    section = made.sections[0]
    for header in (section.header, section.even_page_header):
        office, title, when = [each.text for each in header.paragraphs]
        assert (office, title) == (meeting.office.name, f"{meeting.title}签到表") and when.startswith("时间：")
    assert not any(each.style.name == "Title" for each in made.paragraphs)


def test_who_may_have_the_papers_of_an_activity(meeting, office, people, clerk):
    published(meeting)
    invited = make.PostingFactory(office=office, role="member").user
    people[0].user = invited
    people[0].save()
    leader = make.PostingFactory(office=office.parent, role="leader").user
    users = {"clerk": clerk, "leader": leader, "invited": invited, "stranger": make.PostingFactory(role="staff").user}
    seen = {who: [kinds.get(key).sees(user, meeting) for key in KEYS] for who, user in users.items()}
    assert seen == {
        "clerk": [True] * 5, "leader": [True, False, True, True, True], "invited": [True, *[False] * 4],
        "stranger": [False] * 5,
    }  # fmt: skip


def test_papers_of_an_activity_print_in_both_formats(meeting):
    published(meeting)
    for key in ("activity_notice", "attendance_sheet", "activity_minutes"):
        found = composed(key, meeting)
        printed = text_of(as_pdf(found, author="", as_of=NOW).data)
        written = word_text(as_docx(found, author="", as_of=NOW))
        assert "河口" in printed and "河口" in written


def word_text(data: bytes) -> str:
    made = docx.Document(io.BytesIO(data))
    heads = [part for section in made.sections for part in (section.header, section.first_page_header)]
    texts = [paragraph.text for part in (made, *heads) for paragraph in part.paragraphs]
    texts += [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return squeezed("".join(texts))


# --- members ---------------------------------------------------------------------------------------------------------
def test_a_dossier_has_every_section_with_the_figures_of_the_page(meeting, people):
    found = composed("member_dossier", people[0], make.YEAR)
    headings = [each.text for each in of(found, Heading)]
    assert headings[:2] == ["活动出席", "提案"] and len(headings) == len(set(headings)) >= 5
    assert (found.figures["activities.到场"], found.figures["activities.应到"]) == (1, 1)
    assert "张三" in repr(of(found, Person)) and people[0].phone not in repr(found.blocks)


def test_a_card_sets_the_year_beside_the_members_own_last_one(meeting, people, office):
    before = make.ActivityFactory(office=office, starts_at=make.moment(4, 1, year=make.YEAR - 1))
    make.AttendanceFactory(activity=before, member=people[0], state="absent")
    make.OpinionFactory(office=office, member=people[0])
    table = of(composed("duty_card", people[0], make.YEAR), Table)[0]
    cells = {row[at]: row[at + 1 : at + 3] for row in table.rows for at in (0, 3)}
    assert cells["出席率"] == ("100%", "0%") and cells["报送社情民意"] == ("1条", "0条")
    assert cells["到场"] == ("1次", "0次") and cells["缺席"] == ("0次", "1次")


def test_a_card_is_one_page_however_much_there_is(people, office):
    for number in range(30):
        kind = make.activity_type(f"record{number}")
        kind.is_record, kind.label = True, f"第{number}类履职记录"
        kind.save()
        activity = make.ActivityFactory(office=office, type=kind, title="很长的标题" * 12, starts_at=make.moment(3, 1))
        make.AttendanceFactory(activity=activity, member=people[2])
    found = composed("duty_card", people[2], make.YEAR, site="https://portal.example/")
    result = as_pdf(found, author="", as_of=NOW)
    assert result.pages == 1 and RARE in text_of(result.data) and len(of(found, Code)) == 1


@pytest.mark.parametrize("year", [1999, make.YEAR + 1, 999999])
def test_there_is_no_file_of_a_year_that_has_not_been(people, year):
    assert kinds.get("member_dossier").load(people[0].pk, year) is None


def test_only_who_opens_the_file_gets_its_papers(people, office, clerk):
    own, other = (make.PostingFactory(office=office, role="member").user for _ in range(2))
    people[0].user = own
    people[0].save()
    about = kinds.get("duty_card").load(people[0].pk, make.YEAR)
    assert [bool(kinds.get("duty_card").sees(user, about)) for user in (own, clerk, other)] == [True, True, False]


# --- rosters ---------------------------------------------------------------------------------------------------------
def roster(key, office, year=make.YEAR):
    return documents.get(key).compose(office, year, NOW)


def test_a_roster_is_grouped_and_numbered_through_without_phone_numbers(office, people):
    elsewhere = make.MemberFactory(office=office.parent, term=people[0].term, name="周八")
    found = roster("member_roster", office.parent)
    tables = of(found, Table)
    assert [each.caption for each in tables] == ["未分组（1人）", "清溪镇联络处　第一联络组（5人）"]
    assert [row[0] for each in tables for row in each.rows] == [1, 2, 3, 4, 5, 6] and found.figures["members"] == 6
    assert all(each.phone not in repr(found.blocks) for each in (*people, elsewhere))


def test_rare_characters_of_names_print_in_pdf_and_word(office, people):
    found = roster("member_roster", office)
    assert RARE in text_of(as_pdf(found, author="", as_of=NOW).data)
    assert RARE in word_text(as_docx(found, author="", as_of=NOW))


def test_a_roster_of_a_past_year_is_of_those_who_served_at_its_end(office, people):
    people[0].state, people[0].left_on = "left", date(make.YEAR, 6, 30)
    people[0].save()
    people[1].joined_on = date(make.YEAR, 2, 1)
    people[1].save()
    before, now = (repr(roster("member_roster", office, year).blocks) for year in (make.YEAR - 1, make.YEAR))
    assert "李四" not in before and "张三" in before
    assert "张三" not in now and "李四" in now


def test_the_attendance_table_of_the_year_counts_what_the_members_page_counts(office, people, meeting):
    second = make.ActivityFactory(office=office.parent, starts_at=make.moment(6, 1))
    make.AttendanceFactory(activity=second, member=people[0], state="left_early")
    make.AttendanceFactory(activity=make.ActivityFactory(office=office, state="preparing"), member=people[0])
    found = roster("attendance_table", office)
    rows = {row[1]: row[3:] for row in of(found, Table)[0].rows}
    assert rows["张三"] == (2, 1, "", 1, "", "", "", "100%") and rows["孙七"] == (1, "", "", "", "", 1, "", "0%")
    assert rows["5人"] == (6, 2, 1, 1, 1, 1, "", "66.6%")
    assert found.figures == {"members": 5, "due": 6, "came": 4, "rate": "66.6%", "never": 2}


def test_birthdays_have_no_year_and_books_full_numbers(office, people):
    people[0].birth_date = date(1960, 12, 3)
    people[0].save()
    found = roster("birthday_list", office)
    assert of(found, Table)[0].rows[0][:2] == ("12月3日", "张三") and "1960" not in repr(found.blocks)
    assert people[0].phone in repr(roster("address_book", office).blocks)
    with pytest.raises(DomainError, match="没有自己联系的"):
        roster("address_book", office.parent)


def test_private_lists_are_for_the_offices_own_staff(office, people, clerk):
    leader = make.PostingFactory(office=office.parent, role="leader").user
    book = documents.get("address_book")
    assert permissions.can_make_kind(clerk, office, book) and not permissions.can_make_kind(leader, office, book)
    with pytest.raises(Denied, match="只供"):
        services.request_report(document="address_book", office=office, year=make.YEAR, by=leader)


def test_volumes_hold_every_member_with_contents(office, people, meeting):
    for key in ("dossier_volume", "duty_cards"):
        found = roster(key, office)
        anchors = [each.anchor for each in of(found, Heading) if each.anchor]
        assert len(anchors) == 5 and found.has_cover and tables(found) == []
    assert text_of(as_pdf(found, author="", as_of=NOW).data).count("委员编号") == 5


def test_a_grouped_roster_is_one_sheet_of_a_workbook(office, people):
    make.MemberFactory(office=office, term=people[0].term, name="周八")
    found = roster("member_roster", office)
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx(found, as_of=NOW))).worksheets
    rows = [[cell.value for cell in row[:3]] for row in sheet[0].iter_rows()]
    assert len(sheet) == 1 and len(of(found, Table)) == 2 and len(rows) >= 7
    assert ["联络组", "序号", "姓名"] in rows and {row[0] for row in rows} >= {"第一联络组", "未分组"}


def test_an_office_without_members_has_no_roster():
    with pytest.raises(DomainError, match="没有在任委员"):
        roster("member_roster", make.OfficeFactory())
