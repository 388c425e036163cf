"""Single sentences of plans and what they ask for, or plan for when."""

from __future__ import annotations

import pytest

from plans.reading import read
from tests.plans.reading_score import target_line

TARGETS = {
    "全年组织委员视察活动2至3次。": ["inspection records range 2 3 year office"],
    "每半年召开一次联席会议。": ["meeting records exactly 1 - half_year office"],
    "上半年和下半年各组织一次集中学习。": ["study records exactly 1 - half_year office"],
    "全年召开主任会议十二次。": ["meeting records exactly 12 - year office"],
    "委员提案办复率达到百分之百，满意率不低于百分之九十五。": ["proposals percent at_least 100 - year office", "surveys percent at_least 95 - year office"],
    "人均撰写提案不少于1件。": ["proposals records at_least 1 - year each_member"],
    "要求每位政协委员每年至少参加两次调研、提交一份提案、反映三条社情民意。": [
        "research records at_least 2 - year each_member", "proposals records at_least 1 - year each_member",
        "opinions records at_least 3 - year each_member"],
    "各活动组全年活动不得少于四次，每次活动要有记录。": ["activities records at_least 4 - year each_group"],
    "协商会每年控制在6次以内。": ["consultation records at_most 6 - year office"],
    "全年简报不超过20期。": ["bulletin records at_most 20 - year office"],
    "委员年度学习时间累计不少于40学时。": ["study hours at_least 40 - year office"],
    "组织委员为贫困学生捐款3万余元。": ["donation amount at_least 30000 - year office"],
    "走访慰问困难家庭四十户。": ["visit_household households exactly 40 - year office"],
    "印发政协知识读本三百册。": ["materials copies exactly 300 - year office"],
    "全年培训委员150人次以上。": ["training person_times at_least 150 - year office"],
    "主席会议成员每人每年走访委员不少于5名。": [],
    "双月召开一次界别协商座谈会。": ["consultation records exactly 1 - two_months office"],
    "坚持每月一次委员接待日制度。": ["reception_day records exactly 1 - month office"],
    "每名委员联系一户困难群众，办一件实事好事。": ["pairing_aid households exactly 1 - year each_member", "good_deed records exactly 1 - year each_member"],
    "开展“四个一”活动，即每位委员参加一次视察、提出一条建议、撰写一份提案、结交一名群众朋友。": [
        "inspection records exactly 1 - year each_member", "suggestion records exactly 1 - year each_member",
        "proposals records exactly 1 - year each_member"],
    "引进项目1至2个，到位资金500万元以上。": ["investment_project records range 1 2 year office", "investment_funds amount at_least 5000000 - year office"],
    "编发《社情民意》10期，报送信息30条。": ["opinion_issue records exactly 10 - year office", "opinions records exactly 30 - year office"],
    "力争有3件以上提案被评为优秀提案。": ["proposals records at_least 3 - year office"],
    "举办委员读书沙龙不少于六场，政协大讲堂两期。": ["exchange records at_least 6 - year office", "lecture_hall records exactly 2 - year office"],
    "全年至少向党工委专题汇报政协工作两次。": ["report_to_party records at_least 2 - year office"],
    "深入贯彻党的二十大精神，坚持“三个代表”重要思想，落实“两个维护”。": [],
    "学习全国两会和市政协六届三次会议精神。": [],
    "去年共开展视察6次，提交提案40件。": [],
    "推动一二三产业融合发展，建设一批重点项目。": [],
    "明确一名专职副主任负责日常工作。": [],
    "健全四项工作机制，做到五个到位。": [],
    "每两个月举办一期委员讲堂。": ["lecture_hall records exactly 1 - two_months office"],
    "委员活动每季度不少于一次。": ["activities records at_least 1 - quarter office"],
    "年内开展1-2次民主监督，2—3次协商议事。": ["appraisal records range 1 2 year office", "consultation records range 2 3 year office"],
    "全年组织三到四次联谊活动。": ["fellowship records range 3 4 year office"],
    "撰写大会发言材料5篇，其中口头发言2篇。": ["speech_paper records exactly 5 - year office", "speech_paper records exactly 2 - year office"],
    "开展志愿服务活动10场次，参与委员100人次。": ["welfare records exactly 10 - year office", "welfare person_times exactly 100 - year office"],
    "各联络站每月开展一次“协商议事日”活动。": ["consultation records exactly 1 - month each_group"],
    "完成重点调研课题4个，形成调研报告4篇，转化成果2项。": ["research records exactly 4 - year office", "research_report records exactly 4 - year office"],
    "参会率要在90%以上。": ["activities percent at_least 90 - year office"],
}  # fmt: skip


@pytest.mark.parametrize("sentence", TARGETS)
def test_what_a_sentence_asks_for(sentence):
    assert [target_line(each) for each in read(sentence).targets] == TARGETS[sentence]


ITEMS = {
    "4月中旬至5月上旬，组织委员开展“我为乡村振兴献一策”调研。": ["4-5 early research"],
    "6、9、12月分别召开协商座谈会。": ["6 whole consultation", "9 whole consultation", "12 whole consultation"],
    "2025年3月25日前召开联络组全体会议。": ["3 late meeting"],
    "拟于八月下旬视察老旧管网改造工程。": ["8 late inspection"],
    "第四季度，召开总结表彰会。": ["10-12 whole commendation"],
    "全会期间，组织委员开展联组讨论。": ["None plenary exchange"],
    "7月初到9月底，分三批走访住街道委员。": ["7-9 late visit_member"],
    "5月份组织委员赴外地考察学习，10月份开展庭院经济专题视察。": ["5 whole study_tour", "10 whole inspection"],
    "年底前召开委员述职会。": ["12 whole exchange"],
    "从二月起每季度召开一次主席接待日活动，全年四次。": ["2 whole reception_day", "5 whole reception_day", "8 whole reception_day", "11 whole reception_day"],
    "11月上、中旬，组织委员开展年度履职评议。": ["11 early appraisal", "11 middle appraisal"],
    "三月至十月，开展“委员进社区”服务活动。": ["3-10 whole outreach"],
    "4月18日，举办“书香政协”读书分享会。": ["4 middle exchange"],
    "今年3月出台的意见要认真落实。": [],
    "按照县政协2024年12月印发的通知要求，抓好工作落实。": [],
    "去年8月视察了污水处理厂。": [],
    "做好“七一”前夕走访慰问老党员委员工作。": ["7 early visit_household"],
    "9月，邀请区教育局、区卫健局负责人参加，召开专题协商会。": ["9 whole consultation"],
}  # fmt: skip


def when_line(item) -> str:
    months = f"{item.month}-{item.until_month}" if item.until_month else f"{item.month}"
    return f"{months} {item.part_of_month} {item.kind}"


@pytest.mark.parametrize("sentence", ITEMS)
def test_what_a_sentence_plans(sentence):
    assert [when_line(each) for each in read(sentence).items] == ITEMS[sentence]
