"""The unit's desk, the list of assignments and the pages on which units are chosen and told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audit.models import AuditEntry
from core.clock import today
from handling import selectors
from handling.models import Assignment, Clock, Reply
from handling.rules import Share
from handling.services import assignments
from tests.handling import objects as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return make.desk()


def browser(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def text(response):
    return response.content.decode()


def queries(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


def dispatch_more(desk, numbers):
    for number in numbers:
        desk.proposal = desk.another(number)
        desk.dispatched()


def late(row, days=3):
    Clock.objects.filter(assignment=row, stage="sign").update(
        started_on=today().replace(year=today().year - 1), due_on=today() - timedelta(days=days)
    )


# --- lists -------------------------------------------------------------------------------------------------------
def test_the_list_and_the_desk_ask_as_often_for_three_as_for_one(desk):
    desk.dispatched()
    before = [queries(browser(who), url) for who, url in pages(desk)]
    dispatch_more(desk, (2, 3, 4))
    after = [queries(browser(who), url) for who, url in pages(desk)]
    assert after == before and max(after) <= 15


def pages(desk):
    return [(desk.clerks[0], "/"), (desk.clerks[0], "/handling/"), (desk.staff, "/handling/?light=red")]


def test_a_unit_lists_its_own_and_the_office_all(desk):
    desk.dispatched()
    other = desk.another(2)
    assignments.plan(proposal=other, shares=[Share(desk.units[1], "single")], by=desk.staff)
    assignments.dispatch(proposal=other, by=desk.staff)
    shown = [text(browser(who).get("/handling/")) for who in (desk.clerks[0], desk.clerks[1], desk.staff)]
    assert [(str(desk.proposal) in page, str(other) in page) for page in shown] == [
        (True, False), (False, True), (True, True),
    ]  # fmt: skip


def test_the_lights_filter_what_they_say(desk):
    row = desk.dispatched()
    late(row)
    dispatch_more(desk, (2,))
    red, green = (text(browser(desk.staff).get(f"/handling/?light={light}")) for light in ("red", "green"))
    assert (str(row.proposal) in red, str(desk.proposal) in red) == (True, False)
    assert (str(row.proposal) in green, str(desk.proposal) in green) == (False, True)
    assert "超期 3 日" in red and "已超期" in red and "/remind/" in red
    assert "/remind/" not in text(browser(desk.clerks[0]).get("/handling/?light=red"))


def test_the_figures_of_the_desk_are_the_rows_behind_their_links(desk):
    late(desk.dispatched())
    dispatch_more(desk, (2,))
    client = browser(desk.clerks[0])
    for figure in client.get("/").context["unit"].figures:
        assert len(client.get(figure.url).context["table"].rows) == figure.value


def test_the_desk_puts_the_most_pressing_first(desk):
    dispatch_more(desk, (2, 3))
    row = Assignment.objects.order_by("-pk").first()
    late(row)
    tasks = browser(desk.clerks[0]).get("/").context["unit"].tasks
    assert (tasks[0].title, tasks[0].kind, tasks[0].due, len(tasks)) == (
        f"第3号 {row.proposal}",
        "签收",
        "超期 3 日",
        2,
    )


def test_a_reply_the_office_is_reading_is_not_late(desk):
    row = desk.signed()
    Clock.objects.filter(assignment=row).exclude(stage="reply").update(stopped_on=today(), outcome="met")
    Clock.objects.filter(assignment=row).update(started_on=date(2025, 3, 3), due_on=today() - timedelta(days=1))
    client = browser(desk.clerks[0])
    assert client.get("/").context["unit"].tasks[0].due == "超期 1 日"
    Reply.objects.create(assignment=row, state="sent", sent_at=timezone.now())
    shown = client.get("/").context["unit"]
    assert (shown.tasks[0].due, [each.value for each in shown.figures]) == ("已送出", [0, 1, 0, 1])
    assert not selectors.overdue().exists()


def test_a_unit_reads_what_was_merged_into_its_case(desk):
    desk.dispatched()
    merged = make.filed(desk.office, desk.session, desk.member, None, state="merged", merged_into=desk.proposal)
    pages = [browser(who).get(merged.get_absolute_url()).status_code for who in desk.clerks]
    assert pages == [200, 404]


# --- pages -------------------------------------------------------------------------------------------------------
def plan_url(desk):
    return f"/proposals/{desk.proposal.pk}/units/"


def test_units_are_chosen_and_told_on_one_page(desk):
    one, two = desk.units
    rows = {"unit_1": one.pk, "role_1": "lead", "unit_2": two.pk, "role_2": "coop", "note": "请实地查看。"}
    client = browser(desk.staff)
    assert client.post(plan_url(desk), {**rows, "intent": "dispatch"}).status_code == 302
    assert list(desk.proposal.assignments.order_by("pk").values_list("state", "note")) == [
        ("dispatched", "请实地查看。"), ("dispatched", "请实地查看。"),
    ]  # fmt: skip


def test_what_does_not_fit_is_said_with_the_rows_kept(desk):
    rows = {"unit_1": desk.units[0].pk, "role_1": "split"}
    page = text(browser(desk.staff).post(plan_url(desk), rows))
    assert "分办至少要有两个单位" in page and f'value="{desk.units[0].pk}" selected' in page


def test_the_meeting_dispatches_what_is_ticked(desk):
    other = desk.another(2)
    for proposal in (desk.proposal, other):
        assignments.plan(proposal=proposal, shares=[Share(desk.units[0], "single")], by=desk.staff)
    client, day = browser(desk.staff), str(today())
    assert "县交通局：2 件（单办 2）" in text(client.get("/handling/board/"))
    early = client.post("/handling/board/", {"proposals": [other.pk], "on": str(today() + timedelta(days=1))})
    assert (early.status_code, "不能晚于今天。" in text(early)) == (422, True)
    client.post("/handling/board/", {"proposals": [other.pk], "on": day})
    other.refresh_from_db()
    desk.proposal.refresh_from_db()
    assert (other.state, desk.proposal.state) == ("dispatched", "filed")


def test_a_unit_signs_what_it_ticked_and_the_names_are_remembered(desk):
    dispatch_more(desk, (2, 3))
    rows = list(Assignment.objects.order_by("pk"))
    client = browser(desk.clerks[0])
    names = {"leader": "孙副局长", "handler": "周科长", "handler_phone": "0800-7654321"}
    assert client.post("/handling/sign/", {**names, "rows": [rows[0].pk]}).status_code == 302
    assert [Assignment.objects.get(pk=row.pk).state for row in rows] == ["handling", "dispatched"]
    assert 'value="周科长"' in text(client.get("/handling/sign/"))


def test_each_side_reads_what_concerns_it(desk):
    row = desk.dispatched()
    url = desk.proposal.get_absolute_url()
    unit, staff, member = (text(browser(who).get(url)) for who in (desk.clerks[0], desk.staff, desk.member.user))
    assert "签收" in unit and "申请改办" in unit and "催办" not in unit and "这个日期怎么算" in unit
    assert "暂停计时" in staff and "收回交办" in staff and "申请延期" not in staff
    assert "由谁办理" in member and "答复期限" in member and "催办" not in member and "收回交办" not in member
    assert f'id="assignment-{row.pk}"' in member


def test_the_unit_reads_telephone_numbers_only_while_it_handles_it_and_in_the_trail(desk):
    row, client = desk.dispatched(), browser(desk.clerks[0])
    assert desk.member.phone not in text(client.get(desk.proposal.get_absolute_url()))
    assert desk.member.phone in text(client.post(f"/handling/{row.pk}/phones/"))
    assert AuditEntry.objects.filter(action__startswith="member.", object_id=str(desk.member.pk)).count() == 1
    assert browser(desk.clerks[1]).post(f"/handling/{row.pk}/phones/").status_code == 404
    assignments.revoke(assignment=row, reason="交办有误", by=desk.staff)
    assert client.post(f"/handling/{row.pk}/phones/").status_code == 404
