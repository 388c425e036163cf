"""Pages of plans as the people of the world see them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plans import services
from plans.models import AnnualPlan
from tests import factories as make
from tests.plans.counted import KEY


def page(client, name: str, *args, query: str = "") -> str:
    response = client.get(reverse(name, args=args) + query)
    assert response.status_code == 200
    return response.content.decode()


# --- list ------------------------------------------------------------------------------------------
def test_list_shows_state_and_progress(sign_in, approved):
    text = page(sign_in("staff"), "plan_list")
    assert approved.title in text and "待审批" in text and "1项目标，已完成0项" in text


def test_list_of_a_member_has_approved_plans_only(sign_in):
    text = page(sign_in("owner"), "plan_list")
    assert "执行中" in text
    assert "清溪镇联络处2027年工作计划" not in text
    assert "制订年度计划" not in text


def test_old_versions_are_listed_when_asked_for(sign_in, approved, staff, head):
    services.approve(plan=services.submit(plan=services.amend_plan(plan=approved, by=staff), by=staff), by=head)
    client = sign_in("staff")
    assert "第1版" not in page(client, "plan_list", query="?year=2026")
    assert "第1版" in page(client, "plan_list", query="?state=superseded")


def test_list_filters_by_office_and_year(sign_in, world):
    make.PlanFactory(office=world.offices["street"], title="南门街道计划")
    text = page(sign_in("county_staff"), "plan_list", query=f"?office={world.offices['street'].pk}&year=2026")
    assert "南门街道计划" in text and "清溪镇联络处2026年" not in text


def test_export_has_the_progress_in_words(sign_in):
    response = sign_in("staff").get(reverse("plan_list") + "?export=xlsx")
    assert response["content-type"].startswith("application/vnd.openxmlformats")


def test_list_costs_the_same_for_one_and_for_three_plans(sign_in, world):
    AnnualPlan.objects.filter(year__gt=2026).delete()
    client = sign_in("staff")
    few = count_queries(client, reverse("plan_list"))
    for year in (2021, 2022):
        make.TargetFactory(plan=make.PlanFactory(office=world.offices["town"], year=year))
    assert count_queries(client, reverse("plan_list")) == few <= 15


def count_queries(client, url: str) -> int:
    """Of the second request: the first fills what the session keeps."""
    client.get(url)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


# --- one plan ------------------------------------------------------------------------------------------
def test_detail_shows_targets_board_text_and_versions(sign_in, approved):
    make.TargetFactory(plan=approved, measure=KEY, filters={}, amount=4, text="集中活动四次")
    make.ActivityFactory(office=approved.office)
    text = page(sign_in("leader"), "plan_detail", approved.pk)
    assert "集中活动四次" in text and "不少于4次" in text
    assert "视察乡村道路养护" in text and "一、学习培训" in text and "第1版" in text


def test_figures_lead_to_their_records_for_staff_only(sign_in, approved):
    make.TargetFactory(plan=approved, measure=KEY, filters={"type": "inspection"})
    link = "from=2026-01-01"
    assert link in page(sign_in("staff"), "plan_detail", approved.pk)
    assert link not in page(sign_in("owner"), "plan_detail", approved.pk)


def test_a_target_that_cannot_be_counted_does_not_break_the_page(sign_in, approved):
    make.TargetFactory(plan=approved, measure="letters")
    assert "无法统计" in page(sign_in("staff"), "plan_detail", approved.pk)


def test_buttons_follow_the_table(sign_in, draft, world):
    assert "提交审批" in page(sign_in("staff"), "plan_detail", draft.pk)
    assert "提交审批" not in page(sign_in("leader"), "plan_detail", draft.pk)
    submitted = page(sign_in("staff"), "plan_detail", world["plan.submitted"].pk)
    assert "撤回修改" in submitted and "由本办公室或上级办公室的负责人审批" in submitted


def test_a_returned_plan_shows_the_reason_on_top(sign_in, draft, staff, head):
    services.submit(plan=draft, by=staff)
    services.return_plan(plan=draft, by=head, reason="请写明责任人")
    text = page(sign_in("staff"), "plan_detail", draft.pk)
    assert text.index("退回的理由") < text.index("目标进度")


def test_an_amendment_shows_what_it_changes(sign_in, approved, staff):
    amendment = services.amend_plan(plan=approved, by=staff)
    amendment.targets.update(amount=5)
    assert "与上一版的不同" in page(sign_in("head"), "plan_detail", amendment.pk)
    assert "正在修订" in page(sign_in("staff"), "plan_detail", approved.pk)
    assert "正在修订" not in page(sign_in("owner"), "plan_detail", approved.pk)


def test_detail_costs_the_same_for_one_and_for_three_of_everything(sign_in, approved):
    client = sign_in("staff")
    few = count_queries(client, approved.get_absolute_url())
    for _ in range(2):
        make.TargetFactory(plan=approved)
        make.ItemFactory(plan=approved)
        make.SectionFactory(plan=approved)
    assert count_queries(client, approved.get_absolute_url()) == few


# --- the schedule and one target -------------------------------------------------------------------------
def test_schedule_lists_items_with_what_came_of_them(sign_in, approved, world):
    text = page(sign_in("staff"), "plan_months", approved.pk)
    assert "安排清单" in text and "4月" in text
    assert "已开展" in text and world["activity.held"].title in text


def test_a_target_of_each_member_names_who_is_missing(sign_in, approved):
    target = make.TargetFactory(plan=approved, measure=KEY, scope="each_member", amount=1, filters={})
    text = page(sign_in("staff"), "plan_target", target.pk)
    assert text.index("曾䶮") < text.index("㛃小喆")
    assert "还没达到" in text and "已达到" in text
    assert "曾䶮" not in page(sign_in("owner"), "plan_target", target.pk)


def test_a_target_of_each_group(sign_in, approved, world):
    target = make.TargetFactory(plan=approved, measure=KEY, scope="each_group", amount=1, filters={})
    assert world["group"].name in page(sign_in("staff"), "plan_target", target.pk)


def test_a_rhythm_shows_its_periods(sign_in, approved):
    target = make.TargetFactory(plan=approved, measure=KEY, period="quarter", amount=1, filters={})
    text = page(sign_in("owner"), "plan_target", target.pk)
    assert "二季度" in text and "未完成" in text


# --- acting ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("act", "state"), [("approve", "approved"), ("return", "returned")])
def test_deciding_from_the_page(sign_in, world, act, state):
    plan = world["plan.submitted"]
    response = sign_in("head").post(reverse("plan_act", args=[plan.pk, act]), {"reason": "请补充"}, follow=True)
    plan.refresh_from_db()
    assert plan.state == state
    assert "notice-success" in response.content.decode()


def test_amending_from_the_page(sign_in, approved):
    response = sign_in("staff").post(reverse("plan_amend", args=[approved.pk]))
    assert response.url == AnnualPlan.objects.get(amends=approved).get_absolute_url()


# --- making ------------------------------------------------------------------------------------------
def test_making_a_plan_copied_from_last_year(sign_in, world):
    data = {"office": world.offices["town"].pk, "year": 2029, "title": "", "copy_last": "yes"}
    sign_in("staff").post(reverse("plan_create"), data)
    assert AnnualPlan.objects.get(year=2029).targets.count() == 1


def test_a_second_plan_for_the_year_is_refused_at_the_field(sign_in, world):
    data = {"office": world.offices["town"].pk, "year": 2026, "title": "我写的标题", "copy_last": "no"}
    response = sign_in("staff").post(reverse("plan_create"), data)
    assert response.status_code == 409
    assert "已经有2026年的计划" in response.content.decode() and "我写的标题" in response.content.decode()


def test_only_own_offices_are_offered(sign_in, world):
    text = page(sign_in("staff"), "plan_create")
    assert world.offices["town"].name in text
    assert world.offices["street"].name not in text
