"""The main job on real input: a plan, its approval, three activities, a proposal from a phone, two documents.

The plan has the shape of a township office's real one: seven targets, eight monthly items (domain.md h1, h3), typed
the way a clerk types them.
"""

from __future__ import annotations

import io
import re
from datetime import date, timedelta

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from activities.models import Activity, Attendance, Photo
from members.models import Member
from plans.models import AnnualPlan
from proposals.models import Proposal
from tests import factories as make
from tests import workers
from tests.chromium import PHONE
from tests.pdftext import squeezed, text_of
from tests.world import build

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]
YEAR = timezone.localdate().year
SECTIONS = [
    ("抓好学习，提升履职本领", "全年安排四次集中学习，学政策、学理论、学提案写法。\n按时参加县政协组织的培训。"),
    ("深入一线，做实调研视察", "围绕重点项目和群众关心的事情开展视察和调研，形成可用的意见。"),
    ("贴近群众，写好提案和信息", "每名委员写好一件提案、一条社情民意信息，参与化解邻里矛盾。"),
]
#: text, what is counted, scope, amount
TARGETS = [
    ("集中组织委员学习四次", "activities?type=study", "office", "4"),
    ("组织一次集中专题调研", "activities?type=research", "office", "1"),
    ("视察不少于2次", "activities?type=inspection", "office", "2"),
    ("每名委员提交一件提案", "proposals?stage=submitted", "each_member", "1"),
    ("每名委员报送一条社情民意", "opinions?stage=submitted", "each_member", "1"),
    ("每名委员参与化解一次矛盾", "activities?type=mediation", "each_member", "1"),
    ("开展一次献爱心活动", "activities?type=welfare", "office", "1"),
]
#: month, type, topic
ITEMS = [
    ("2", "welfare", "看望困难学生家庭"),
    ("3", "study", "集中学习并参加县里培训"),
    ("4", "inspection", "视察村庄环境整治"),
    ("5", "inspection", "视察高标准农田建设"),
    ("6", "appraisal", "评议教育和卫生服务"),
    ("7", "research", "调研养殖污染治理"),
    ("8", "research", "走进企业听取诉求"),
    ("9", "inspection", "督查为民实事进度"),
]


@pytest.fixture
def world():
    world = build()
    street, term = world.offices["street"], world["session"].term
    make.MemberFactory.create_batch(3, office=street, term=term)
    return world


def test_the_main_job_from_plan_to_documents(world, visit):
    clerk, chief = visit(world.people["other_staff"]), visit(world.people["county_head"])
    member, leader = visit(world.people["stranger"], screen=PHONE), visit(world.people["leader"])
    enter_plan(clerk)
    approve_plan(chief)
    for topic in ("看望困难学生家庭", "集中学习并参加县里培训", "视察村庄环境整治"):
        log_activity(clerk, topic, photo=topic.startswith("视察"))
    submit_proposal(member)
    with workers.worker():
        plan_text, summary_text = (download(leader, document) for document in ("annual_plan", "annual_summary"))
    check_plan(plan_text)
    check_summary(summary_text)
    assert [each.complaints for each in (clerk, chief, member, leader)] == [[], [], [], []]


# --- the clerk -----------------------------------------------------------------------------------------------------
def enter_plan(clerk) -> None:
    page = clerk.go("/plans/new/")
    page.get_by_label("年度", exact=False).first.fill(str(YEAR))
    page.get_by_role("button", name=re.compile("建立|保存|下一步|开始")).last.click()
    plan = AnnualPlan.objects.get(office__code="T03", year=YEAR)
    for part, fill in (("text", fill_sections), ("targets", fill_targets), ("months", fill_items)):
        page = clerk.go(f"/plans/{plan.pk}/edit/{part}/")
        fill(page)
        page.get_by_role("button", name=re.compile("^保存")).first.click()
        expect(page.locator(".error-summary")).to_have_count(0)
    clerk.go(f"/plans/{plan.pk}/").get_by_role("button", name="提交审批").click()
    plan.refresh_from_db()
    assert (plan.state, plan.sections.count(), plan.targets.count(), plan.items.count()) == ("submitted", 3, 7, 8)


def add_row(page, prefix: str, place: int) -> None:
    if not page.locator(f"#id_{prefix}-{place}-lineage").count():
        page.locator(f"button[name=add_row][value={prefix}]").click()


def fill_sections(page) -> None:
    for place, (title, body) in enumerate(SECTIONS):
        add_row(page, "sections", place)
        page.fill(f"#id_sections-{place}-title", title)
        page.fill(f"#id_sections-{place}-body", body)


def fill_targets(page) -> None:
    for place, (text, subject, scope, amount) in enumerate(TARGETS):
        add_row(page, "targets", place)
        page.fill(f"#id_targets-{place}-text", text)
        page.select_option(f"#id_targets-{place}-subject", subject)
        page.select_option(f"#id_targets-{place}-scope", scope)
        page.fill(f"#id_targets-{place}-amount", amount)


def fill_items(page) -> None:
    for place, (month, kind, topic) in enumerate(ITEMS):
        add_row(page, "items", place)
        page.select_option(f"#id_items-{place}-month", month)
        page.select_option(f"#id_items-{place}-kind", kind)
        page.fill(f"#id_items-{place}-topic", topic)


def log_activity(clerk, topic: str, *, photo: bool) -> None:
    """From the plan's item to an activity that is held, attended and summarised."""
    page = clerk.go(f"/activities/from-plan/?year={YEAR}")
    page.locator("li, tr, article").filter(has_text=topic).last.get_by_role("link", name="生成活动").click()
    page.fill("#id_starts_at", f"{past_day().isoformat()}T00:01")
    page.fill("#id_place", "街道文化站")
    page.fill("#id_responsible", "何主任")
    page.fill("#id_content", "查看现场，与群众交谈，当场商量办法。")
    page.get_by_role("button", name="保存").last.click()
    here = page.url.removeprefix(clerk.address)
    clerk.go(f"{here}participants/").get_by_role("button", name=re.compile("加入全部")).click()
    clerk.go(here).get_by_role("button", name="登记为已开展").click()
    page = clerk.go(f"{here}attendance/")
    page.locator(".roll-row").first.get_by_label("请假").check()
    page.get_by_role("button", name=re.compile("未登记的全部记为出席")).click()
    page = clerk.go(f"{here}minutes/")
    page.get_by_label("活动记录").fill("上午到现场，委员提出三条意见，街道当场答复两条。")
    page.get_by_role("button", name="保存").last.click()
    if photo:
        add_photo(clerk, Activity.objects.get(title=topic))
    clerk.go(here).get_by_role("button", name="完成总结").click()


def past_day() -> date:
    """Some days ago, but within the plan's year."""
    return max(date(YEAR, 1, 1), timezone.localdate() - timedelta(days=20))


def add_photo(clerk, activity: Activity) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (640, 480), "#7a9a6a").save(picture, "JPEG")
    page = clerk.go(f"{activity.get_absolute_url()}photos/")
    page.set_input_files(
        "input[type=file]", [{"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": picture.getvalue()}]
    )
    page.locator("form[enctype] button[type=submit]").first.click()
    expect(page.locator("img[src*=thumbnail]")).to_have_count(1)
    assert Photo.objects.filter(activity=activity).count() == 1


# --- the others ------------------------------------------------------------------------------------------------------
def approve_plan(chief) -> None:
    plan = AnnualPlan.objects.get(office__code="T03", year=YEAR)
    chief.go(f"/plans/{plan.pk}/").get_by_role("button", name="批准执行").click()
    plan.refresh_from_db()
    assert plan.state == "approved"


def submit_proposal(member) -> None:
    page = member.go("/proposals/new/")
    page.fill("#id_subject", "关于在老旧小区加装照明的提案")
    page.select_option("#id_category", index=1)
    page.fill("#id_background", "南门片区三个老旧小区共有路灯十二盏，其中七盏已经不亮，晚上老人孩子出行不便。")
    page.fill("#id_analysis", "小区没有物业，路灯产权不清，坏了没有人修，街道也没有专门经费。")
    page.fill("#id_suggestions", "一、由住建部门统一登记产权；二、列入明年改造计划；三、先换装太阳能路灯。")
    page.get_by_role("button", name=re.compile("提交")).last.click()
    expect(page.locator(".receipt")).to_contain_text("回执编号")
    proposal = Proposal.objects.get(subject__contains="加装照明")
    assert (proposal.state, proposal.proposers.get().member.user.username) == ("submitted", "stranger")


def download(leader, document: str) -> str:
    """Asks for the document, waits on the page like a person, downloads, reads."""
    page = leader.go("/reports/")
    page.select_option("#make_document", document)
    page.select_option("#make_office", label="政协青川县委员会南门街道联络处")
    page.fill("#make_year", str(YEAR))
    page.get_by_role("button", name="生成").click()
    expect(page.locator(".job")).to_contain_text("已完成", timeout=120_000)
    with page.expect_download() as waiting:
        page.get_by_role("link", name=re.compile("下载")).first.click()
    with open(waiting.value.path(), "rb") as handle:
        return text_of(handle.read())


# --- what the documents must say -------------------------------------------------------------------------------------
def check_plan(text: str) -> None:
    assert all(squeezed(words) in text for pair in SECTIONS for words in pair)
    assert all(squeezed(target[0]) in text for target in TARGETS)
    assert all(squeezed(f"{month}月") in text and topic in text for month, _, topic in ITEMS)


def check_summary(text: str) -> None:
    """Every figure is counted here once more, straight from the tables."""
    came = Attendance.objects.filter(activity__office__code="T03", state="present").count()
    due = Attendance.objects.filter(activity__office__code="T03").count()
    members = Member.objects.filter(office__code="T03").count()
    assert (came, due, members) == (9, 12, 4)
    for words in (
        "开展各类活动3次",
        f"参加活动的委员达{came}人次",
        f"活动应到委员{due}人次",
        f"到会率{came * 100 // due}%",
        "确定年度目标7项，已完成1项",
        "计划安排事项8项，已开展3项",
        "征集提案1件",
        squeezed(SECTIONS[0][0]),
    ):
        assert words in text, f"{words} is not in the summary"
    assert "报送社情民意信息" not in text.replace("每名委员报送一条社情民意", ""), "what did not occur is told"
