"""The home page of each role: what it shows, that its figures are those of the records, and what it costs."""

from __future__ import annotations

import re

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dashboard import homes, leader, office
from proposals.enums import RECEIVED
from tests import factories as make

pytestmark = pytest.mark.django_db
#: A member's own record is made of six sections of six apps, one query each.
BUDGET = {"owner": 16}
ROLES = [
    "staff",
    "head",
    "owner",
    "county_staff",
    "county_head",
    "leader",
    "unit",
    "sysadmin",
    "secadmin",
    "auditadmin",
]


@pytest.fixture(autouse=True)
def in_april():
    """The world's records are of April 2026."""
    with time_machine.travel("2026-04-20 10:00+08:00", tick=True):
        yield


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def cost(browser) -> int:
    browser.get("/")  # content types and the like are cached by the process
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert browser.get("/").status_code == 200
    return len(queries)


@pytest.mark.parametrize("role", ROLES)
def test_the_cost_does_not_grow_with_the_records(role, world, sign_in):
    for office_plan in (world["plan.approved"], make.PlanFactory(office=world.offices["county"])):
        make.TargetFactory(plan=office_plan, measure="opinions", filters={}, scope="each_member", amount=1)
    browser = sign_in(role)
    before = cost(browser)
    grow(world)
    assert cost(browser) == before <= BUDGET.get(role, 15)


def grow(world):
    """More of everything a home page shows."""
    town, member = world.offices["town"], world["member.owner"]
    plan = world["plan.approved"]
    for _ in range(3):
        make.TargetFactory(plan=plan)
        make.ItemFactory(plan=plan)
        activity = make.ActivityFactory(office=town, state="preparing", starts_at=make.moment(5, 5))
        make.AttendanceFactory(activity=activity, member=member, state="invited")
        make.AttendanceFactory(activity=make.ActivityFactory(office=town), member=member)
        base = {"office": world.offices["county"], "home_office": town, "session": world["session"]}
        make.ProposalFactory(**base, member=member)
        make.OpinionFactory(office=town, member=member)


# --- office staff ------------------------------------------------------------------------------------------------
def test_staff_see_this_months_items_and_start_an_activity_from_them(world, sign_in):
    item = make.ItemFactory(plan=world["plan.approved"], topic="视察茶园灌溉", month=4)
    response = sign_in("staff").get("/")
    assert "视察茶园灌溉" in text_of(response)
    assert f'href="{reverse("activity_create")}?item={item.pk}"' in response.content.decode()


def test_an_item_that_is_under_way_offers_no_second_activity(world, sign_in):
    item = world["item.approved"]
    assert f"?item={item.pk}" not in sign_in("staff").get("/").content.decode()


def test_items_of_other_months_stay_away_until_they_are_overdue(world, sign_in):
    make.ItemFactory(plan=world["plan.approved"], topic="二月没有办的事", month=2)
    make.ItemFactory(plan=world["plan.approved"], topic="九月才办的事", month=9)
    text = text_of(sign_in("staff").get("/"))
    assert "二月没有办的事" in text and "已过期未开展" in text
    assert "九月才办的事" not in text


def test_the_target_that_is_furthest_behind_comes_first(world, sign_in):
    plan = world["plan.approved"]
    make.TargetFactory(plan=plan, text="已经完成的目标", amount=1)
    make.TargetFactory(plan=plan, text="差得最多的目标", amount=40)
    page = text_of(sign_in("staff").get("/"))
    assert page.index("差得最多的目标") < page.index("已经完成的目标")


def test_what_waits_is_said_with_its_number(world, sign_in):
    page = text_of(sign_in("staff").get("/"))
    assert "待审看的社情民意 1 项" in page


def test_staff_of_another_office_see_nothing_of_this_one(world, sign_in):
    page = text_of(sign_in("other_staff").get("/"))
    assert world["item.approved"].topic not in page
    assert "今年还没有执行中的计划" in page


# --- leaders -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("position", [0, 2, 3])
def test_a_leaders_figure_leads_to_exactly_its_records(position, world, sign_in):
    browser = sign_in("leader")
    figure = leader.panel(world.people["leader"]).figures[position]
    listed = browser.get(figure.url).context["table"].page.paginator.count
    assert figure.value == str(listed) and listed


def test_a_leader_sees_every_office_and_who_has_no_plan(world, sign_in):
    page = text_of(sign_in("leader").get("/"))
    assert all(each.short_name in page for each in world.offices.values())
    assert "没有执行中的计划" in page


def test_progress_of_an_office_is_that_of_its_plan(world):
    from plans.pages.summaries import Summary
    from plans.selectors import year_progress

    town = world.offices["town"]
    line = next(each for each in leader.panel(world.people["leader"]).lines if each.office == town)
    assert line.summary == Summary.of(year_progress(town, 2026))


def test_a_leader_downloads_reports_that_are_ready(world, sign_in):
    report = report_of(world.offices["street"])
    page = sign_in("leader").get("/").content.decode()
    assert f'href="{reverse("report_file", args=[report.pk])}" download' in page


def report_of(office):
    from core.files import store
    from reports.models import Report

    file = store(b"%PDF-1.7", name="总结.pdf", extension="pdf", by=None)
    return Report.objects.create(
        office=office, document="annual_summary", year=2026, title="2026年度工作总结", as_of=make.moment(4, 1),
        pages=3, file=file,
    )  # fmt: skip


# --- members -----------------------------------------------------------------------------------------------------
def test_a_member_starts_a_proposal_from_the_first_card(sign_in):
    page = sign_in("owner").get("/").content.decode()
    assert page.index(reverse("proposal_new")) < page.index("待我办理")


def test_a_member_sees_what_is_coming_and_what_came_back(world, sign_in):
    coming = make.ActivityFactory(office=world.offices["town"], state="preparing", starts_at=make.moment(6, 1))
    make.AttendanceFactory(activity=coming, member=world["member.owner"], state="invited")
    page = text_of(sign_in("owner").get("/"))
    assert coming.title in page
    assert "退回给您修改的提案 请尽快办理 1 项" in page


def test_a_members_figures_are_those_of_the_own_record(world, sign_in):
    browser = sign_in("owner")
    panel = browser.get("/").context["member"]
    submitted = world["member.owner"].proposer_rows.filter(proposal__state__in=RECEIVED).count()
    assert [(each.label, each.value) for each in panel.figures if each.label in ("到场", "提交提案")] == [
        ("到场", 1), ("提交提案", submitted),
    ]  # fmt: skip


def test_a_member_without_a_file_still_gets_a_page(world, sign_in):
    user = make.UserFactory()
    make.PostingFactory(user=user, office=world.offices["town"], role="member")
    assert homes.context(user)["member"] is None


# --- the others --------------------------------------------------------------------------------------------------
def test_a_unit_reads_what_it_has_to_do(sign_in):
    page = text_of(sign_in("unit").get("/"))
    assert "县交通局" in page and "签收" in page and "期限" in page


def test_a_unit_without_proposals_reads_that_there_are_none(world):
    unit = make.UnitFactory(office=world.offices["county"], name="县档案馆")
    user = make.PostingFactory(office=world.offices["county"], role="unit", unit=unit).user
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    page = text_of(client.get("/"))
    assert "县档案馆" in page and "现在没有要办的提案" in page


@pytest.mark.parametrize(
    ("role", "words"), [("sysadmin", "开通账号"), ("secadmin", "授予和收回角色"), ("auditadmin", "查看操作日志")]
)
def test_each_administrator_sees_the_own_work_only(role, words, sign_in):
    page = text_of(sign_in(role).get("/"))
    assert words in page
    assert "近期活动" not in page and "目标进度" not in page


@pytest.mark.parametrize("role", ["sysadmin", "auditadmin"])
def test_an_administrators_figure_leads_to_exactly_its_records(role, world, sign_in):
    browser = sign_in(role)
    browser.get(reverse("audit_list")) if role == "auditadmin" else None  # reading is itself recorded, once a day
    for figure in browser.get("/").context["figures"]:
        listed = browser.get(figure.url).context["table"].page.paginator.count
        assert figure.value == str(listed)


def test_who_holds_several_roles_gets_the_union(world, sign_in):
    make.PostingFactory(user=world.people["leader"], office=world.offices["county"], role="head")
    context = sign_in("leader").get("/").context
    assert context["office"] is not None and context["leader"] is not None


def test_without_a_role_the_page_says_whom_to_ask(world):
    assert homes.context(make.UserFactory())["no_role"]


def test_problems_come_first_and_the_plans_order_breaks_ties():
    assert [office.URGENCY[tone] for tone in ("danger", "warning", "info", "neutral", "success")] == [0, 1, 2, 3, 4]
