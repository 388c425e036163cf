"""What other apps get from activities: plan links and item types, to-dos, the dossier, navigation, default types."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activities import defaults, dossier, todos
from activities.hooks import linked_records
from activities.models import ActivityType
from members.dossier import LATEST
from notices.todos import waiting_for
from plans import kinds, links
from plans.enums import ItemStanding
from tests.factories import ActivityFactory, AttendanceFactory, ItemFactory, PlanFactory, activity_type, moment

pytestmark = pytest.mark.django_db


def test_item_types_are_the_types_of_activities():
    assert kinds.labels()["inspection"] == "视察" and kinds.labels()["chair_talk"] == "主席约谈"


def test_default_types_are_added_once_and_never_changed():
    ActivityType.objects.filter(code="inspection").update(label="委员视察")
    ActivityType.objects.filter(code="fellowship").delete()
    for _ in range(2):
        defaults.install()
    assert ActivityType.objects.get(code="inspection").label == "委员视察"
    assert ActivityType.objects.filter(code="fellowship").count() == 1


# --- plans -------------------------------------------------------------------------------------------------------
STANDINGS = {"preparing": ItemStanding.PREPARING, "held": ItemStanding.HELD, "summarised": ItemStanding.SUMMARISED}


@pytest.mark.parametrize("state", STANDINGS)
def test_an_item_stands_as_its_activity(office, state):
    item = ItemFactory(plan=PlanFactory(office=office))
    activity = ActivityFactory(office=office, item_lineage=item.lineage, state=state)
    record = links.records_by_lineage({item.lineage})[item.lineage][0]
    assert (record.standing, record.title, record.url) == (
        STANDINGS[state],
        activity.title,
        f"/activities/{activity.pk}/",
    )
    assert record.date == timezone.localtime(activity.starts_at).date()


def test_a_cancelled_activity_leaves_the_item_open(office):
    item = ItemFactory()
    ActivityFactory(office=office, item_lineage=item.lineage, state="cancelled")
    assert links.records_by_lineage({item.lineage}) == {}


def test_any_number_of_items_costs_one_query(office):
    lineages = {ItemFactory().lineage for _ in range(3)}
    for lineage in lineages:
        ActivityFactory(office=office, item_lineage=lineage)
    with CaptureQueriesContext(connection) as captured:
        assert len(list(linked_records(lineages))) == 3
    assert len(captured) == 1


def test_only_staff_of_the_plans_office_is_offered_the_button(office, clerk, world):
    item = ItemFactory(plan=PlanFactory(office=office))
    assert [link.url for link in links.starters(clerk, item)] == [f"/activities/new/?item={item.pk}"]
    assert links.starters(world.people["other_staff"], item) == []


# --- to-dos ------------------------------------------------------------------------------------------------------
def counts(user):
    return {todo.label: todo.count for todo in waiting_for(user) if "/activities/" in todo.url}


def test_staff_is_reminded_of_what_was_not_registered(office, clerk):
    ActivityFactory(office=office, state="preparing")
    ActivityFactory(office=office, state="held")
    ActivityFactory(office=office, state="held", minutes="有")
    ActivityFactory(state="preparing")
    assert counts(clerk) == {"活动已过时间，待登记": 1, "已开展的活动，缺活动记录": 1}


def test_a_reminder_leads_to_exactly_those(office, clerk, browser):
    ActivityFactory(office=office, state="preparing", title="已过时间")
    ActivityFactory(office=office, state="preparing", starts_at=timezone.now() + timedelta(days=1))
    todo = todos.waiting(clerk)[0]
    page = browser(clerk).get(todo.url)
    assert [row.record.title for row in page.context["table"].rows] == ["已过时间"] and todo.count.count() == 1


def test_a_member_is_reminded_of_what_is_to_come(office, as_member):
    member, user = as_member
    for days, state in ((3, "preparing"), (-3, "preparing"), (3, "cancelled")):
        activity = ActivityFactory(office=office, state=state, starts_at=timezone.now() + timedelta(days=days))
        AttendanceFactory(activity=activity, member=member, state="invited")
    assert counts(user) == {"待答复的活动邀请": 1}


def test_reminders_are_counted_with_all_others(clerk, as_member):
    for user in (clerk, as_member[1]):
        todos.waiting(user)
        with CaptureQueriesContext(connection) as captured:
            todos.waiting(user)
        assert len(captured) == 0


# --- the dossier -------------------------------------------------------------------------------------------------
@pytest.fixture
def year(office, as_member):
    """Four occasions that count for the member and one that does not."""
    member = as_member[0]
    for month, state in ((2, "present"), (3, "late"), (4, "leave"), (5, "absent")):
        AttendanceFactory(
            activity=ActivityFactory(office=office, starts_at=moment(month, 1)), member=member, state=state
        )
    AttendanceFactory(activity=ActivityFactory(office=office, state="preparing"), member=member, state="invited")
    return as_member


def test_the_dossier_counts_the_year(year, clerk):
    content = dossier.content(year[0], clerk, 2026)
    assert {figure.label: figure.value for figure in content.figures} == {
        "到场": 2, "应到": 4, "迟到": 1, "请假": 1, "缺席": 1,
    }  # fmt: skip
    assert [record.cells[3] for record in content.records] == ["缺席", "请假", "迟到", "出席"]
    assert dossier.content(year[0], clerk, 2025).figures[0].value == 0


def test_each_figure_of_the_dossier_leads_to_its_rows(year, clerk, browser):
    for figure in dossier.content(year[0], clerk, 2026).figures:
        page = browser(clerk).get(figure.url)
        assert len(page.context["table"].rows) == figure.value, figure.label


def test_the_member_opens_the_own_figures(year, browser):
    member, user = year
    figure = dossier.content(member, user, 2026).figures[0]
    assert len(browser(user).get(figure.url).context["table"].rows) == 2


def test_what_the_reader_may_not_open_is_told_without_a_link(year, clerk):
    AttendanceFactory(activity=ActivityFactory(starts_at=moment(6, 1)), member=year[0], state="present")
    content = dossier.content(year[0], clerk, 2026)
    assert content.figures[0].value == 3 and {figure.url for figure in content.figures} == {""}
    assert content.records[0].url == "" and content.records[1].url


def test_what_was_written_down_is_no_attendance(year, clerk, browser, office):
    paper = ActivityFactory(office=office, type=activity_type("reflection"))
    AttendanceFactory(activity=paper, member=year[0])
    assert dossier.content(year[0], clerk, 2026).figures[1].value == 4
    (figure,) = dossier.credited(year[0], clerk, 2026).figures
    assert (figure.label, figure.value, figure.unit) == ("心得体会", 1, "篇")
    assert [row.record for row in browser(clerk).get(figure.url).context["table"].rows] == [paper]


def test_the_dossier_shows_the_latest_in_two_queries(office, as_member, clerk):
    for day in range(1, LATEST + 3):
        AttendanceFactory(activity=ActivityFactory(office=office, starts_at=moment(3, day)), member=as_member[0])
    dossier.content(as_member[0], clerk, 2026)
    with CaptureQueriesContext(connection) as captured:
        content = dossier.content(as_member[0], clerk, 2026)
    assert (len(captured), len(content.records), bool(content.all_url)) == (2, LATEST, True)
