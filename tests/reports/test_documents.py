"""What the two documents say, and that every figure in them is the records' own."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.utils import timezone

from core.clock import Span
from core.errors import DomainError
from core.pdf.blocks import Heading, Paragraph, ProgressTable, Table
from organisation.selectors import descend
from plans import progress
from reports.documents import Composition, documents
from tests import factories as make

pytestmark = pytest.mark.django_db
AS_OF = timezone.make_aware(datetime(make.YEAR, 11, 22, 9))


def composed(world, key: str, year: int = make.YEAR) -> Composition:
    return documents.get(key).compose(world.offices["town"], year, AS_OF)


def words(composition: Composition) -> str:
    return "".join(text for block in composition.blocks if isinstance(block, Paragraph) for text, _ in block.parts)


def headings(composition: Composition) -> list[str]:
    return [f"{each.number}{each.text}" for each in composition.blocks if isinstance(each, Heading)]


def target(composition: Composition, world) -> int:
    return composition.figures[f"target.{world['target.approved'].lineage.hex[:12]}.actual"]


def tables(composition: Composition) -> list[Table]:
    return [each for each in composition.blocks if isinstance(each, Table)]


def test_the_plan_has_its_sections_targets_and_items_in_order(world):
    found = composed(world, "annual_plan")
    assert found.title == world["plan.approved"].title
    assert headings(found) == ["一、学习培训", "二、年度目标", "三、月度安排"]
    targets, items = tables(found)
    assert targets.rows == [(1, "组织视察不少于2次", "不少于2次")]
    assert items.rows[0][0] == "4月" and items.rows[0][2].startswith("视察乡村道路养护")


def test_a_draft_says_that_it_is_one(world):
    assert composed(world, "annual_plan").date == ""
    assert composed(world, "annual_plan", 2027).date == "草稿，未经批准"


def test_without_a_plan_there_is_nothing_to_print(world):
    with pytest.raises(DomainError, match="还没有2031年的年度计划"):
        composed(world, "annual_plan", 2031)


def test_the_summary_counts_activities_from_the_records(world):
    town = world.offices["town"]
    study = make.ActivityFactory(office=town, type=make.activity_type("study"), hours=6)
    make.AttendanceFactory(activity=study, member=world["member.owner"], state="late")
    make.AttendanceFactory(activity=study, member=world["member.colleague"], state="absent")
    found = composed(world, "annual_summary")
    expected = {"activities": 2, "activities.person_times": 2, "activities.members": 1, "activities.due": 3}
    assert expected.items() <= found.figures.items()
    for sentence in ("今年以来开展各类活动2次", "到会率66.6%", "累计时长6小时"):
        assert sentence in words(found)


def test_the_summary_tells_hours_and_attendance_of_each_type(world):
    study = make.ActivityFactory(office=world.offices["town"], type=make.activity_type("study"), hours=6, copies=30)
    make.AttendanceFactory(activity=study, member=world["member.owner"])
    make.AttendanceFactory(activity=study, member=world["member.colleague"], state="absent")
    found = composed(world, "annual_summary")
    (table,) = (each for each in tables(found) if each.caption == "各类活动情况表")
    assert ("集中学习", 1, 2, 1, "50%", "6小时、30册") in table.rows
    assert found.figures["activities.study.hours"] == 6


def test_results_and_written_records_are_named(world):
    town = world.offices["town"]
    aid = make.ActivityFactory(office=town, type=make.activity_type("welfare"))
    aid.quantities.create(kind="pairs", value=13)
    make.ActivityFactory(office=town, type=make.activity_type("special_report"))
    found = composed(world, "annual_summary")
    assert "结成帮扶对子13对" in words(found) and "政协专报1篇" in words(found)
    assert found.figures["activities"] == 2  # a report is no activity


def test_the_half_year_ends_with_june(world):
    town = world.offices["town"]
    make.ActivityFactory(office=town, starts_at=make.moment(7, 1))
    make.ActivityFactory(office=town, starts_at=make.moment(6, 30))
    found = composed(world, "half_year_summary")
    assert found.figures["activities"] == 2 and "上半年开展各类活动2次" in words(found)
    assert target(found, world) == 2 and found.date == ""


def test_cancelled_and_foreign_activities_are_not_in_the_summary(world):
    make.ActivityFactory(office=world.offices["street"], title="别处的活动")
    found = composed(world, "annual_summary")
    listed = next(each for each in tables(found) if each.caption == "活动开展情况一览表")
    assert [row[2] for row in listed.rows] == [world["activity.held"].title]


def test_the_target_table_is_the_progress_of_the_plan(world):
    found = composed(world, "annual_summary")
    table = next(each for each in found.blocks if isinstance(each, ProgressTable))
    standing = progress.of_plan(world["plan.approved"])[0]
    assert (table.rows[0].planned, table.rows[0].actual) == (standing.goal, standing.done) == (2, 1)
    assert target(found, world) == 1


def test_what_is_missing_is_named(world):
    assert "尚有1项目标没有完成：组织视察不少于2次（还差1次）" in words(composed(world, "annual_summary"))
    make.ActivityFactory(office=world.offices["town"])
    assert "没有完成" not in words(composed(world, "annual_summary"))


def test_the_schedule_tells_planned_from_done(world):
    make.ItemFactory(plan=world["plan.approved"], month=12, topic="年终座谈")
    found = composed(world, "annual_summary")
    assert "计划安排事项2项，已开展1项，落实率50%" in words(found)


def test_proposals_and_opinions_are_counted_where_their_members_belong(world):
    office = make.OfficeFactory(parent=world.offices["county"])
    given = {"office": world.offices["county"], "home_office": office, "session": world["session"]}
    for state in ("submitted", "returned"):
        make.ProposalFactory(**given, state=state)
    make.ProposalFactory(**given, state="filed", case_no=7001, filed_at=make.moment(3, 9))
    make.OpinionFactory(office=office)
    make.OpinionFactory(office=office, state="accepted", decided_at=make.moment(5, 9))
    found = documents.get("annual_summary").compose(office, make.YEAR, AS_OF)
    assert (found.figures["proposals"], found.figures["proposals.filed"]) == (3, 1)
    assert (found.figures["opinions"], found.figures["opinions.accepted"]) == (2, 1)
    assert "立案1件，立案率33.3%" in words(found) and "已交办" not in words(found)


def test_a_year_without_records_reads_well(world):
    make.PlanFactory(office=world.offices["street"], year=2030)
    found = documents.get("annual_summary").compose(world.offices["street"], 2030, AS_OF)
    assert words(found) == "" and [type(each).__name__ for each in found.blocks] == ["Signature"]


def test_the_date_of_the_data_is_told_until_the_year_is_over(world):
    after = timezone.make_aware(datetime(make.YEAR + 1, 1, 5))
    summary = documents.get("annual_summary").compose
    assert composed(world, "annual_summary").date == f"数据截至{make.YEAR}年11月22日"
    complete = summary(world.offices["town"], make.YEAR, after)
    assert complete.date == "" and "全年开展各类活动1次" in words(complete)


def test_a_figure_has_one_value():
    found = Composition("总结", "办公室")
    found.figure("visits", 3, "次")
    with pytest.raises(ValueError, match="visits was 3 and is now 4"):
        found.figure("visits", 4, "次")


def test_the_number_of_queries_does_not_grow_with_the_records(world, django_assert_max_num_queries):
    for _ in range(5):
        make.AttendanceFactory(
            activity=make.ActivityFactory(office=world.offices["town"]), member=world["member.owner"]
        )
        make.TargetFactory(plan=world["plan.approved"])
    with django_assert_max_num_queries(62):
        composed(world, "annual_summary")


def test_the_span_is_the_offices_tree(world):
    assert descend(world.offices["county"].pk) == {each.pk for each in world.offices.values()}
    county = documents.get("annual_summary").compose(world.offices["county"], make.YEAR, AS_OF)
    assert county.figures["activities"] == 1
    assert Span.year(make.YEAR).first.month == 1


def test_cases_filed_in_january_count_though_submitted_in_december(world):
    street, member = world.offices["street"], world["member.stranger"]
    make.ProposalFactory(
        office=world.offices["county"], home_office=street, session=world["session"], member=member, state="filed",
        case_no=9, submitted_at=make.moment(12, 28, year=make.YEAR - 1), filed_at=make.moment(1, 5),
    )  # fmt: skip
    found = documents.get("annual_summary").compose(street, make.YEAR, AS_OF)
    assert "今年以来审查立案提案1件。" in words(found) and "按内容分" not in words(found).split("社情民意")[0]
    assert "第9号" in str(tables(found))


def test_a_draft_plan_is_not_presented_as_decided(world):
    with pytest.raises(DomainError, match="没有执行中的计划，也没有这一时期的记录"):
        documents.get("annual_summary").compose(world.offices["town"], 2027, AS_OF)
