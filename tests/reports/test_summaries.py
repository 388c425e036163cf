"""What a summary says of a year in which everything happened, against figures added up by hand; where it stands, and
that a passage is recognised when it is composed again.
"""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction

from activities.models import Activity
from core.clock import Span
from core.errors import DomainError
from core.pdf.blocks import Annex, Attachments, Bars, Columns, Heading, Paragraph, ProgressTable, Table
from plans.models import AnnualPlan
from reports.documents import Composition
from reports.documents.annexes import tidied, with_gaps
from reports.documents.summary import items, outline, periods
from reports.documents.summary.scope import first_sentence
from reports.manuscripts.passages import passages_of
from reports.models import Manuscript
from reports.printing import tables
from tests import factories as make
from tests.reports.filled import composed, filled

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker):
    """Built once for the file; what a test writes is rolled back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield filled()
        transaction.set_rollback(True)


def said(found: Composition) -> list[str]:
    return ["".join(text for text, _ in each.parts) for each in found.blocks if isinstance(each, Paragraph)]


def outlined(found: Composition) -> list[str]:
    return [f"{each.number}{each.text}" for each in found.blocks if isinstance(each, Heading)]


def below(found: Composition, heading: str) -> str:
    """The words from one heading to the next of its level."""
    at = next(place for place, each in enumerate(found.blocks) if getattr(each, "text", "") == heading)
    level, words = found.blocks[at].level, []
    for each in found.blocks[at + 1 :]:
        if isinstance(each, Heading) and each.level <= level:
            break
        words += ["".join(text for text, _ in each.parts)] if isinstance(each, Paragraph) else []
    return "".join(words)


#: domain.md (h2), added up by hand from tests/plans/catalogue/results.py.
SENTENCES = {
    "R01": "举办报告会（讲座）6次，开办政协讲堂6期，开展讨论交流4次",
    "R02": "组织集中学习8次，累计48小时，参学率75%",
    "R03": "走访困难群众16户，结成帮扶对子13对，解决实际困难3件",
    "R04": "制定涉及5个方面的整改措施22条，群众满意率90%",
    "R05": "举办培训1期，其中新委员培训班1期，培训新委员32人",
    "R06": "评出一等奖1篇、二等奖1篇、三等奖1篇、优秀奖2篇。在会上交流口头发言1篇。",
    "R06 group": "征文活动中获组织奖的联络组3个",
    "R07": "已交办提案3件，送达答复3件，其中已解决或基本解决（A类）的2件，占66.6%；正在解决或列入计划（B类）的1件，",
    "R07 key": "3件提案被确定为重点提案并进行了督办，对4件提案的办理情况进行了回头看，其中集体提案3件。",
    "R08": "协商中提出意见建议7条，其中被采纳4条",
    "R09": "今年以来征集提案12件，经审查立案10件，立案率83.3%。",
    "R10": "形成调研报告3篇，上报政协专报4篇，形成交流发言材料5篇",
    "R12": "活动中共提出问题和意见建议17条，领导作出批示2条，推动协调解决3条",
    "R13": "新订制度19项，修订完善制度18项，梳理工作流程37项",
    "R14": "捐款捐物52000元，其中防疫救灾20000元，慈善捐款12000元，扶贫助困15000元，捐物折款5000元",
    "R15": "建成委员之家（工作室）3个",
    "R15 books": "编发工作简讯12期，编印书籍4册",
    "R16": "宣传报道3篇，其中全国级媒体2篇，县级媒体1篇；《人民政协报》刊发7篇",
    "R16 materials": "编发学习资料5期，发行1680册",
}


@pytest.fixture(scope="module")
def annual(scene, django_db_blocker) -> Composition:
    with django_db_blocker.unblock():
        return composed(scene)


@pytest.mark.parametrize("entry", SENTENCES)
def test_sentence(annual, entry):
    assert SENTENCES[entry] in "\n".join(said(annual))


def test_the_sections_of_the_plan_come_in_their_order(annual):
    assert outlined(annual)[:4] == [
        "一、年度目标和月度安排完成情况", "二、加强理论学习", "三、写好提案和社情民意信息", "（一）提案工作",
    ]  # fmt: skip
    assert "五、履职活动开展情况" in outlined(annual) and "六、其他工作开展情况" in outlined(annual)


def test_a_section_tells_its_targets_items_and_topics(annual):
    assert "“举办报告会四次”的目标已经完成，实际6次。" in below(annual, "加强理论学习")
    proposals = below(annual, "写好提案和社情民意信息")
    assert "“征集提案三十件”已完成12件，还差18件" in proposals and "征集提案12件" in proposals
    assert "“每名委员报送社情民意信息三条”，34名委员中1名委员达到，还差33名委员" in proposals
    people = below(annual, "主动服务群众")
    assert "2月3日，走访慰问，委员1人参加，收集到意见5条。" in people
    assert "“结成帮扶对子二十对”已完成13对，还差7对" in people and "走访困难群众16户" in people


def test_the_goals_and_the_gaps(annual):
    text = "\n".join(said(annual))
    assert "确定年度目标4项，已完成1项，完成率25%。计划安排事项2项，已开展1项，落实率50%。" in text
    assert "尚有3项目标没有完成：征集提案三十件（还差18件）；" in text
    (table,) = (each for each in annual.blocks if isinstance(each, ProgressTable))
    assert [(row.planned, row.actual) for row in table.rows] == [(4, 6), (30, 12), (34, 1), (20, 13)]


def test_long_lists_are_annexes_named_below_the_text(annual):
    (named,) = (each for each in annual.blocks if isinstance(each, Attachments))
    annexes = [each for each in annual.blocks if isinstance(each, Annex)]
    assert [each.title for each in annexes] == list(named.names)
    assert [each.mark for each in annexes] == [f"附件{number}" for number in range(1, 6)]
    (filed,) = (annual.blocks[at + 1] for at, each in enumerate(annual.blocks)
                if isinstance(each, Annex) and each.title == "立案提案一览表")  # fmt: skip
    assert isinstance(filed, Table) and len(filed.rows) == annual.figures["proposals.filed"] == 10


def test_annexes_left_out_are_neither_named_nor_counted(annual):
    titles = [each.title for each in annual.blocks if isinstance(each, Annex)]
    without_list = [each for each in annual.blocks if getattr(each, "key", "") != f"annex:{titles[1]}"]
    without_name = [each for each in without_list if getattr(each, "title", "") != titles[3]]
    left = tidied(without_name)
    assert [(each.number, each.title) for each in left if isinstance(each, Annex)] == [
        (1, titles[0]), (2, titles[2]), (3, titles[4])]  # fmt: skip
    assert [list(each.names) for each in left if isinstance(each, Attachments)] == [[titles[0], titles[2], titles[4]]]
    assert sum(getattr(each, "key", "").startswith("annex:") for each in left) == 3
    assert tidied(annual.blocks) == annual.blocks
    shown = [each for each in with_gaps(without_name) if each is not None]
    assert len(with_gaps(without_name)) == len(without_name) and shown == left
    none = [each for each in annual.blocks if not isinstance(each, Annex)]
    assert not [each for each in tidied([*none, Annex("空")]) if isinstance(each, Annex | Attachments)]


def test_months_are_drawn_up_to_now(annual):
    drawn = {each.title: each.rows for each in annual.blocks if isinstance(each, Columns)}
    assert drawn["各月活动次数"][0][0] == "1月" and drawn["各月活动次数"][-1][0] == "11月"
    assert sum(value for _, value in drawn["各月活动次数"]) == annual.figures["activities"]


def test_composing_again_recognises_every_passage(scene, annual):
    before = [each.key for each in passages_of(annual)]
    assert len(set(before)) == len(before)
    make.ActivityFactory(office=scene.office, type=make.activity_type("good_deed"), title="新办一件实事")
    make.OpinionFactory(office=scene.office)
    after = {each.key: each for each in passages_of(composed(scene))}
    assert set(before) <= set(after)
    assert "办实事1件" in after["paragraph:topic.people"].composed.replace("〔1件·activities.good_deed〕", "1件")


# --- other periods ---------------------------------------------------------------------------------------------------
def test_a_month_tells_the_month_and_what_comes_next(scene):
    found = composed(scene, "monthly_brief", "m02")
    assert found.title.endswith("2026年2月工作简报") and found.date == ""
    text = "\n".join(said(found))
    assert "2月份计划安排事项1项，已开展1项" in text and "2月3日，走访慰问" in text
    assert not [each for each in found.blocks if isinstance(each, Annex)] and "存在的差距" not in text


def test_a_brief_is_words_and_lists(scene):
    found = composed(scene, "monthly_brief", "m05")
    assert not [each for each in found.blocks if isinstance(each, Columns | Bars)]
    assert "协商中提出意见建议7条，其中被采纳4条" in "\n".join(said(found))


def test_a_single_part_of_a_section_needs_no_heading(scene):
    plan = AnnualPlan.objects.get(office=scene.office, state="approved")
    make.SectionFactory(plan=plan, order=9, title="做实调研", body="")
    make.SectionFactory(plan=plan, order=10, level=2, title="专题调研", body="开展课题调研。")
    assert "（一）专题调研" not in outlined(composed(scene)) and "五、做实调研" in outlined(composed(scene))
    make.SectionFactory(plan=plan, order=11, level=2, title="视察监督", body="组织视察。")
    make.ActivityFactory(office=scene.office, type=make.activity_type("inspection"))
    assert {"（一）专题调研", "（二）视察监督"} <= set(outlined(composed(scene)))


def test_the_workbook_names_its_sheets_after_the_annexes(annual):
    assert "立案提案一览表" in [each.title for each in tables(annual)]


def test_a_quarter_announces_the_next(scene):
    found = composed(scene, "quarterly_summary", "q3")
    assert "接下来安排12月“年末报告会”。" in "\n".join(said(found))
    assert found.title.endswith("2026年三季度工作小结")


def test_days_to_come_are_refused(scene):
    with pytest.raises(DomainError, match="12月份还没有开始"):
        composed(scene, "monthly_brief", "m12")


def test_a_term_stands_year_by_year(scene):
    past = make.moment(5, 5, year=2024)
    make.ActivityFactory(office=scene.office, type=make.activity_type("lecture"), starts_at=past)
    make.ProposalFactory(office=scene.office, session=scene.session, submitted_at=past, state="filed", case_no=900,
                         filed_at=past)  # fmt: skip
    found = composed(scene, "term_summary")
    table = next(each for each in found.blocks if getattr(each, "caption", "") == "各年度主要工作情况表")
    rows = {row[0]: row[1:] for row in table.rows}
    assert [column.label for column in table.columns] == ["项目", "2024年", "2025年", "2026年", "合计"]
    assert rows["征集提案（件）"] == ("1", "", "12", "13") and rows["立案率（%）"] == ("100", "", "83.3", "84.6")
    assert rows["年度目标（项）"] == ("", "", "4", "4")
    assert rows["已解决或基本解决（A类）（件）"] == ("", "", "2", "2")
    assert found.title.endswith("第十届以来（2022—2026年）工作总结")


@pytest.mark.parametrize(("title", "words"), [
    ("视察工业园区", "视察工业园区"), ("视察活动", "开展“视察活动”"), ("半年民主评议会", "召开“半年民主评议会”"),
    ("第一期培训班", "举办“第一期培训班”"), ("献爱心活动", "开展“献爱心活动”"),
])  # fmt: skip
def test_an_activity_is_told_as_one_speaks(title, words):
    assert items.what(Activity(title=title)) == words


def test_what_a_target_said_is_not_said_again(scene):
    plan = AnnualPlan.objects.get(office=scene.office, state="approved")
    make.TargetFactory(plan=plan, text="走访困难群众十六户", filters={"type": "visit_household"}, metric="households",
                       amount=16)  # fmt: skip
    text = below(composed(scene), "主动服务群众")
    assert "实际16户" in text and "走访困难群众16户，结成帮扶对子13对" in text  # more than the target says
    assert below(composed(scene, "monthly_brief", "m02"), "主动服务群众").count("走访委员") <= 1


@pytest.mark.parametrize(("text", "told"), [
    ("\n 采纳三条。另有两条待研究。", "采纳三条"), ("形成意见；", "形成意见"), ("", ""), ("长" * 61, ""),
    ("第一行\n第二行", "第一行"),
])  # fmt: skip
def test_only_the_first_whole_sentence_of_an_outcome_is_told(text, told):
    assert first_sentence(text) == told


def test_a_term_that_begins_in_december_begins_with_the_next_year():
    office = make.OfficeFactory()
    make.TermFactory(office=office, starts=date(2021, 12, 20), name="第十一届")
    period = periods.of_term(office, 2023)
    assert (period.years, period.name) == ((2022, 2023), "第十一届政协以来")
    with pytest.raises(DomainError, match="还没有登记2019年所在的届"):
        periods.of_term(office, 2019)


def test_words_and_days_of_a_period():
    office = make.OfficeFactory.build()
    first, last = (periods.of_quarter(office, 2026, key) for key in ("q1", "q4"))
    assert (first.lead(date(2026, 2, 1)), first.lead(date(2026, 3, 31))) == ("今年以来", "一季度")
    assert last.ahead is None and first.ahead == Span.months(2026, 4, 6)
    assert last.until(date(2026, 11, 2)) == "数据截至2026年11月2日" and last.until(date(2027, 1, 5)) == ""
    assert periods.of_month(office, 2024, "m02").span.last == date(2024, 2, 29)


# --- where things belong ---------------------------------------------------------------------------------------------
def test_a_target_goes_where_its_words_are(scene):
    section = [make.SectionFactory.build(title=title, body=body) for title, body in (
        ("围绕中心搞调研", "会同技术人员逐塘走访，形成报告。"),
        ("完善制度", "建立走访制度，全年走访委员四十人次以上。"),
    )]  # fmt: skip
    matcher = outline.Matcher(section)
    assert matcher.best("走访委员四十人次", "members") == 1
    assert matcher.best("参加专题调研一次", "research") == 0
    assert matcher.best("捐书二百册") is None and outline.Matcher([]).best("走访委员") is None


def test_photos_are_of_the_days_a_document_is_about(scene):
    manuscript = Manuscript(office=scene.office, document="monthly_brief", year=make.YEAR, part="m02")
    assert periods.span_of(manuscript) == Span.months(make.YEAR, 2, 2)
    assert periods.span_of(Manuscript(office=scene.office, document="term_summary", year=make.YEAR)).first.year == 2022
    assert periods.span_of(Manuscript(office=scene.office, document="annual_plan", year=2025)) == Span.year(2025)
