"""Pages as people see them: lists, filters, one activity, creating from the plan, minutes."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from activities.models import Activity
from core.models import Draft
from tests.factories import (
    ActivityFactory,
    AttendanceFactory,
    GroupFactory,
    ItemFactory,
    PlanFactory,
    activity_type,
    moment,
)

pytestmark = pytest.mark.django_db
LIST = "/activities/"


def titles(page):
    return [row.record.title for row in page.context["table"].rows]


# --- the list ----------------------------------------------------------------------------------------------------
@pytest.fixture
def several(office):
    return [
        ActivityFactory(office=office, title="视察道路", state="held", starts_at=moment(3, 1), place="东村"),
        ActivityFactory(office=office, title="集中学习", type=activity_type("study"), starts_at=moment(5, 9),
                        item_lineage=ItemFactory().lineage, minutes="有"),
        ActivityFactory(office=office, title="待定活动", state="preparing", starts_at=moment(6, 1)),
    ]  # fmt: skip


FILTERS = {
    "": ["待定活动", "集中学习", "视察道路"],
    "q=东村": ["视察道路"],
    "type=study": ["集中学习"],
    "from=2026-03-02": ["待定活动", "集中学习"],
    "to=2026-03-01": ["视察道路"],
    "from=2026-05-09&to=2026-05-09": ["集中学习"],
    "state=preparing": ["待定活动"],
    "counted=1": ["集中学习", "视察道路"],
    "planned=1": ["集中学习"],
    "planned=0": ["待定活动", "视察道路"],
    "waiting=overdue": ["待定活动"],
    "waiting=minutes": ["视察道路"],
    "office=999999": [],
    "office=abc": [],
    "office=" + "9" * 40: [],
    "type=no-such-type": [],
    "from=gestern": ["待定活动", "集中学习", "视察道路"],
    "member=1;drop": ["待定活动", "集中学习", "视察道路"],
}


@pytest.mark.parametrize("query", FILTERS)
def test_each_filter(several, clerk, browser, query):
    assert titles(browser(clerk).get(f"{LIST}?{query}")) == FILTERS[query]


def test_the_list_tells_planned_from_unplanned_and_counts_who_came(several, clerk, browser, attended):
    attended(several[0], "present", "late", "absent")
    page = browser(clerk).get(LIST).content.decode()
    assert page.count("计划外</span>") == 2 and "2 / 3" in page


def queries_of(browser, url):
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize("query", ["", "?counted=1&type=inspection"])
def test_the_list_costs_the_same_with_one_row_and_with_three(office, clerk, browser, attended, query):
    signed_in = browser(clerk)
    signed_in.get(LIST)
    counts = []
    for _ in range(3):
        attended(ActivityFactory(office=office), "present", "absent")
        counts.append(queries_of(signed_in, LIST + query))
    assert counts[0] == counts[2] <= 15


def test_one_activity_costs_the_same_with_few_and_many_people(office, clerk, browser, attended):
    activity = ActivityFactory(office=office)
    signed_in = browser(clerk)
    signed_in.get(activity.get_absolute_url())
    attended(activity, "present")
    few = queries_of(signed_in, activity.get_absolute_url())
    attended(activity, *["present", "leave"] * 10)
    assert queries_of(signed_in, activity.get_absolute_url()) == few <= 20


def test_what_is_exported_is_what_is_listed(several, clerk, browser):
    several[0].title = "=HYPERLINK(1)"
    several[0].save()
    answer = browser(clerk).get(f"{LIST}?export=xlsx&counted=1")
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content) if answer.streaming else answer.content))
    rows = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert [row[0] for row in rows[-2:]] == ["集中学习", "=HYPERLINK(1)（计划外）"]
    assert all(cell.data_type == "s" for row in book.active.iter_rows() for cell in row if cell.value)


# --- members -----------------------------------------------------------------------------------------------------
def test_a_member_sees_the_office_and_what_the_member_is_invited_to(several, as_member, browser):
    member, user = as_member
    elsewhere = ActivityFactory(title="县里的会")
    ActivityFactory(title="别处的事")
    AttendanceFactory(activity=elsewhere, member=member, state="invited")
    assert set(titles(browser(user).get(LIST))) == {"视察道路", "集中学习", "待定活动", "县里的会"}


def test_a_member_sees_the_own_attendance_and_nobody_elses(office, as_member, browser, attended):
    activity = ActivityFactory(office=office)
    other = attended(activity, "leave")[0]
    other.reason = "住院手术"
    other.save()
    AttendanceFactory(activity=activity, member=as_member[0], state="late")
    page = browser(as_member[1]).get(activity.get_absolute_url()).content.decode()
    assert "您的出席情况" in page and "迟到" in page
    assert "住院手术" not in page and other.member.name not in page


def test_the_members_list_shows_the_own_attendance(several, as_member, browser):
    AttendanceFactory(activity=several[0], member=as_member[0], state="late")
    AttendanceFactory(activity=several[2], member=as_member[0], state="invited")
    page = browser(as_member[1]).get(LIST).content.decode()
    assert "我的出席" in page and "迟到" in page and "已邀请" in page and "计划外" not in page


def test_an_invitation_names_time_and_place(office, as_member, browser):
    soon = ActivityFactory(office=office, state="preparing", starts_at=timezone.now() + timedelta(days=3), place="东街")
    AttendanceFactory(activity=soon, member=as_member[0], state="invited")
    page = browser(as_member[1]).get(f"{LIST}?mine=coming")
    assert titles(page) == [soon.title]
    detail = browser(as_member[1]).get(soon.get_absolute_url()).content.decode()
    assert "邀请您参加这次活动" in detail and "东街" in detail and office.phone in detail


def test_a_member_finds_no_numbers_about_others(several, as_member, browser):
    page = browser(as_member[1]).get(f"{LIST}?counted=1")
    assert page.context["filter"].sums == [] and "到场/应到" not in page.content.decode()


def test_a_cancelled_activity_says_why(office, clerk, as_member, browser, activity):
    browser(clerk).post(reverse("activity_act", args=[activity.pk, "cancel"]), {"reason": "台风预警"})
    page = browser(as_member[1]).get(activity.get_absolute_url()).content.decode()
    assert "活动已取消" in page and "台风预警" in page


# --- staff -------------------------------------------------------------------------------------------------------
def test_the_checklist_says_what_is_missing(office, clerk, browser):
    bare = ActivityFactory(office=office, state="preparing", place="", content="路线", responsible="")
    page = browser(clerk).get(bare.get_absolute_url())
    done = {check.label: check.done for check in page.context["checks"]}
    assert done == {"时间": True, "地点": False, "内容": True, "责任人": False, "参加人员": False, "出席登记": False,
                    "活动记录": False, "照片": False, "通知": False, "报告": False}  # fmt: skip
    assert "还没有填写地点、责任人，请先补充，再登记为已开展。" in page.content.decode()


@pytest.fixture
def item(office):
    plan = PlanFactory(office=office, year=timezone.localdate().year)
    return ItemFactory(plan=plan, month=4, part_of_month="middle", topic="视察村级道路", kind="inspection",
                       content="看三处路段", participants="全体委员", organisers="镇交通办")  # fmt: skip


def test_the_plan_offers_what_was_not_held(clerk, browser, item, office):
    ItemFactory(plan=item.plan, topic="已开展的")
    ActivityFactory(office=office, item_lineage=item.plan.items.get(topic="已开展的").lineage, state="held")
    page = browser(clerk).get(reverse("activity_from_plan"))
    shown = page.content.decode()
    assert "视察村级道路" in shown and "4月中旬" in shown and "已开展的" not in shown
    assert f"{reverse('activity_create')}?item={item.pk}" in shown


def test_one_click_takes_everything_over_from_the_plan(clerk, browser, item):
    form = browser(clerk).get(reverse("activity_create"), {"item": item.pk}).context["form"]
    assert form.initial["title"] == "视察村级道路" and form.initial["content"] == "看三处路段"
    assert form.initial["guests"] == "全体委员；镇交通办"
    assert form.initial["type"] == activity_type("inspection").pk and not form.initial.get("starts_at")


def test_a_planned_activity_is_tied_to_the_plan(clerk, browser, item):
    data = {"item": str(item.lineage), "type": activity_type("inspection").pk, "title": "视察村级道路",
            "starts_at": "2026-04-15T09:00"}  # fmt: skip
    answer = browser(clerk).post(f"{reverse('activity_create')}?item={item.pk}", data)
    activity = Activity.objects.get()
    assert answer.url == activity.get_absolute_url() and activity.scheduled_item() == item
    page = browser(clerk).get(answer.url).content.decode()
    assert item.plan.title in page


def test_the_item_of_another_office_is_not_found(clerk, browser):
    answer = browser(clerk).get(reverse("activity_create"), {"item": ItemFactory().pk})
    assert answer.status_code == 404


def test_a_form_with_mistakes_names_them_and_keeps_the_text(clerk, browser):
    answer = browser(clerk).post(
        reverse("activity_create"), {"title": "夜访", "starts_at": "下周三", "content": "看灯"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422 and "请填写开始时间的日期和钟点" in page and "看灯" in page


def test_the_second_editor_sees_both_versions(activity, clerk, colleague, browser):
    url = reverse("activity_edit", args=[activity.pk])
    data = {"type": activity.type_id, "title": "我的名称", "starts_at": "2026-04-10T09:00", "version": 1}
    Activity.objects.filter(pk=activity.pk).update(title="她的名称", version=2, updated_by=colleague)
    answer = browser(clerk).post(url, data)
    page = answer.content.decode()
    assert answer.status_code == 409 and "王敏" in page and "她的名称" in page and "我的名称" in page
    assert "ManyRelated" not in page and "+00:00" not in page


def test_minutes_are_kept_as_a_draft_and_restored(activity, clerk, browser):
    key = f"activities.minutes:{activity.pk}"
    browser(clerk).post(reverse("draft_save"), {"draft_key": key, "minutes": "写到一半", "version": 1})
    page = browser(clerk).get(reverse("activity_minutes", args=[activity.pk])).content.decode()
    assert "写到一半" in page and "已恢复您在" in page


def test_saved_minutes_end_the_draft_and_count_hours(activity, clerk, browser):
    url = reverse("activity_minutes", args=[activity.pk])
    Draft.objects.create(owner=clerk, key=f"activities.minutes:{activity.pk}", data={"minutes": ["半"]})
    browser(clerk).post(url, {"minutes": "九时集合。", "hours": "2.5", "version": 1})
    activity.refresh_from_db()
    assert (activity.minutes, str(activity.hours)) == ("九时集合。", "2.5") and not Draft.objects.exists()


def test_the_length_is_proposed_from_the_times(office, clerk, browser):
    activity = ActivityFactory(office=office, ends_at=moment(4, 10, 11) + timedelta(minutes=30))
    form = browser(clerk).get(reverse("activity_minutes", args=[activity.pk])).context["form"]
    assert form.initial["hours"] == 2.5


HOSTILE_TEXT = '<img src=x onerror="alert(1)">{{ 7|add:1 }}</script>'


def test_hostile_text_appears_as_text(office, clerk, browser):
    activity = ActivityFactory(
        office=office, title=HOSTILE_TEXT, place=HOSTILE_TEXT, content=HOSTILE_TEXT, minutes=HOSTILE_TEXT
    )
    for url in (LIST, activity.get_absolute_url(), reverse("activity_minutes", args=[activity.pk])):
        page = browser(clerk).get(url).content.decode()
        assert "<img src=x" not in page and "&lt;img src=x" in page


# --- the year on one page ----------------------------------------------------------------------------------------
def board(page):
    return {month.label: [item.title for item in month.items] for month in page.context["months"] if month.items}


def test_the_board_puts_each_activity_into_its_month(several, clerk, browser):
    ActivityFactory(office=several[0].office, state="cancelled", starts_at=moment(3, 2))
    page = browser(clerk).get(reverse("activity_board"), {"year": 2026})
    assert board(page) == {"3月": ["视察道路"], "5月": ["集中学习"], "6月": ["待定活动"]}
    assert board(browser(clerk).get(reverse("activity_board"), {"year": 2025})) == {}


def test_the_members_board_has_what_the_member_is_invited_to(several, as_member, browser):
    elsewhere = ActivityFactory(title="县里的会", starts_at=moment(8, 1))
    ActivityFactory(title="别处的事", starts_at=moment(8, 2))
    AttendanceFactory(activity=elsewhere, member=as_member[0], state="invited")
    assert board(browser(as_member[1]).get(reverse("activity_board"), {"year": 2026}))["8月"] == ["县里的会"]


@pytest.mark.parametrize("query", [{"year": "0"}, {"year": "9" * 30}, {"office": "x"}, {"office": "9" * 30}])
def test_a_strange_address_of_the_board_is_harmless(clerk, browser, query):
    assert browser(clerk).get(reverse("activity_board"), query).status_code == 200


# --- constant queries of the other pages -------------------------------------------------------------------------
def grown(activity, attended, members):
    """More of everything the pages of an activity list."""
    attended(activity, "present", "invited", "leave")
    members(3, group=GroupFactory(office=activity.office))


@pytest.mark.parametrize("name", ["activity_participants", "activity_attendance", "activity_photos", "activity_edit"])
def test_the_pages_of_an_activity_cost_the_same_when_it_grows(activity, clerk, browser, attended, members, name):
    signed_in, url = browser(clerk), reverse(name, args=[activity.pk])
    grown(activity, attended, members)
    signed_in.get(url)
    before = queries_of(signed_in, url)
    grown(activity, attended, members)
    assert queries_of(signed_in, url) == before <= 20


def test_the_plan_costs_the_same_with_one_item_and_with_three(item, clerk, browser):
    signed_in, url = browser(clerk), reverse("activity_from_plan")
    signed_in.get(url)
    before = queries_of(signed_in, url)
    ItemFactory.create_batch(2, plan=item.plan)
    assert queries_of(signed_in, url) == before <= 15


def test_too_many_photos_at_once_are_answered_with_a_sentence(activity, clerk, browser):
    files = [SimpleUploadedFile(f"{number}.jpg", b"x") for number in range(21)]
    answer = browser(clerk).post(reverse("activity_photos", args=[activity.pk]), {"photos": files})
    assert answer.status_code == 422 and "一次选了 21 张，最多 20 张，请分几次上传。" in answer.content.decode()
