"""Notices: one's own only, read once, and what the administrators are told of one another."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts import services
from notices.models import Notice
from notices.services import mark_read, tell
from notices.todos import waiting_for
from organisation.services import end_posting, grant_role

pytestmark = pytest.mark.django_db


def texts(person):
    return list(Notice.objects.filter(recipient=person).values_list("text", flat=True))


def test_everybody_is_told_once(world):
    staff = world.people["staff"]
    tell([staff, staff, None, world.people["head"]], "计划已批准")
    assert texts(staff) == ["计划已批准"] and texts(world.people["head"]) == ["计划已批准"]


def test_a_long_sentence_is_cut_to_fit(world):
    tell([world.people["staff"]], "长" * 500)
    assert len(texts(world.people["staff"])[0]) == 200


def test_opening_marks_as_read_and_leads_on(sign_in, world):
    tell([world.people["staff"]], "报告已完成", url="/jobs/")
    notice = Notice.objects.get(recipient=world.people["staff"])
    assert sign_in("staff").post(reverse("notice_open", args=[notice.pk])).headers["Location"] == "/jobs/"
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_another_persons_notice_stays_unread(sign_in, world):
    notice = world["notice.of_owner"]
    assert sign_in("staff").post(reverse("notice_open", args=[notice.pk])).status_code == 404
    mark_read(recipient=world.people["staff"])
    notice.refresh_from_db()
    assert notice.read_at is None


def test_the_bell_counts_unread_ones(sign_in, world):
    browser = sign_in("owner")
    assert browser.get(reverse("notice_list")).context["unread_count"] == 1
    browser.post(reverse("notices_read"))
    assert browser.get(reverse("notice_list")).context["unread_count"] == 0


def test_the_list_costs_the_same_for_more_rows(sign_in, world, django_assert_max_num_queries):
    browser = sign_in("owner")
    with django_assert_max_num_queries(15) as few:
        browser.get(reverse("notice_list"))
    for n in range(20):
        tell([world.people["owner"]], f"第 {n} 条")
    with django_assert_max_num_queries(len(few)):
        assert "第 19 条" in browser.get(reverse("notice_list")).content.decode()


# --- administrators watch one another ------------------------------------------------------------------------------
def test_who_resets_an_administrators_password_does_not_stay_unseen(world):
    people = world.people
    services.reset_password(user=people["secadmin"], by=people["sysadmin"])
    assert "重置了密码" in texts(people["auditadmin"])[0]
    assert "为您重置了密码" in texts(people["secadmin"])[0]


def test_an_ordinary_reset_tells_the_person_only(world):
    services.reset_password(user=world.people["staff"], by=world.people["sysadmin"])
    assert len(texts(world.people["staff"])) == 1 and texts(world.people["auditadmin"]) == []


def test_ones_own_change_tells_nobody(world):
    services.change_password(user=world.people["secadmin"], new_password="quiet-river-stone-42")
    assert texts(world.people["secadmin"]) == [] and texts(world.people["auditadmin"]) == []


def test_the_auditor_hears_of_new_administrators(world):
    people, town = world.people, world.offices["town"]
    posting = grant_role(user=world["account.new"], role="sysadmin", office=town, by=people["secadmin"])
    end_posting(posting=posting, by=people["secadmin"])
    assert ["被收回" in text for text in texts(people["auditadmin"])] == [True, False]


# --- to-dos ----------------------------------------------------------------------------------------------------------
def test_the_security_administrator_sees_accounts_without_role(world):
    found = waiting_for(world.people["secadmin"])
    assert [todo.count for todo in found if "role=none" in todo.url] == [1]
    grant_role(user=world["account.new"], role="staff", office=world.offices["town"], by=None)
    assert not [todo for todo in waiting_for(world.people["secadmin"]) if "role=none" in todo.url]


@pytest.mark.parametrize("person", ["staff", "owner", "auditadmin", "leader"])
def test_others_do_not(world, person):
    assert not [todo for todo in waiting_for(world.people[person]) if "accounts" in todo.url or "getting" in todo.url]
