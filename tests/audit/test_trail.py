"""The trail: append-only, complete, readable, and read by the audit administrator alone."""

from __future__ import annotations

import io

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from openpyxl import load_workbook

from audit import labels
from audit.middleware import ACTION, MOST
from audit.models import AuditEntry
from audit.selectors import detail_pairs
from audit.services import record
from core.models import WorkflowEvent
from tests.factories import OfficeFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(sign_in):
    return sign_in("auditadmin")


def listed(browser, query=""):
    return [row.record.action for row in browser.get(reverse("audit_list") + query).context["table"].rows]


# --- append-only -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("table", [AuditEntry._meta.db_table, WorkflowEvent._meta.db_table])
@pytest.mark.parametrize("statement", ["UPDATE {} SET actor_name = 'x'", "DELETE FROM {}"])
def test_the_database_refuses_to_change_or_delete(world, table, statement):
    from plans.models import AnnualPlan

    record("office.update", by=None)
    plan = world["plan.draft"]
    from django.contrib.contenttypes.models import ContentType

    WorkflowEvent.objects.create(
        subject_type=ContentType.objects.get_for_model(AnnualPlan), subject_id=plan.pk, name="submit", label="提交",
        from_state="draft", to_state="submitted", actor_name="系统",
    )  # fmt: skip
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


def test_the_orm_is_refused_too(db):
    entry = record("office.update", by=None)
    entry.actor_name = "别人"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        entry.save()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEntry.objects.all().delete()


def test_what_is_undone_leaves_no_row(db):
    before = AuditEntry.objects.count()
    with pytest.raises(RuntimeError), transaction.atomic():
        record("office.update", by=None)
        raise RuntimeError
    assert AuditEntry.objects.count() == before


# --- reading -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("person", ["sysadmin", "secadmin", "head", "leader", "owner"])
def test_nobody_else_reads_the_trail(sign_in, world, person):
    browser = sign_in(person)
    assert browser.get(reverse("audit_list")).status_code == 403
    assert browser.get(reverse("audit_detail", args=[world["entry.town"].pk])).status_code == 403
    assert reverse("audit_list") not in browser.get(reverse("home")).content.decode()


def test_reading_is_recorded_once_a_session(auditor):
    for _ in range(3):
        auditor.get(reverse("audit_list"))
    assert AuditEntry.objects.filter(action="audit.read").count() == 1


def test_every_export_is_recorded(auditor):
    for _ in range(2):
        auditor.get(reverse("audit_list") + "?thing=office&export=xlsx")
    found = AuditEntry.objects.filter(action="audit.export")
    assert found.count() == 2 and "thing=office" in found[0].detail["query"]


def test_the_export_holds_what_the_screen_shows(auditor, world):
    record("office.update", world.offices["town"], by=UserFactory(name="=cmd()"))
    answer = auditor.get(reverse("audit_list") + "?thing=office&export=xlsx")
    rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert rows[0][:3] == ("时间", "操作人", "操作") and len(rows) == 3
    assert rows[1][1:3] == ("=cmd()", "机构 · 修改") and rows[1][4] == "成功"


def test_only_the_own_tree_is_shown(auditor, world):
    record("office.update", OfficeFactory(code="X9"), by=None, detail={"name": ["a", "b"]})
    assert listed(auditor, "?thing=office") == ["office.update"]


def test_acts_outside_any_office_are_shown_at_the_top_of_the_tree(auditor, client):
    client.post(reverse("sign_in"), {"username": "nobody", "password": "x"})
    assert "session.sign_in" in listed(auditor, "?result=False")


def test_a_foreign_entry_is_missing(auditor):
    entry = record("office.update", OfficeFactory(code="X9"), by=None)
    assert auditor.get(reverse("audit_detail", args=[entry.pk])).status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?thing=office", 1),
        ("?thing=office&person=head", 1),
        ("?thing=office&person=nobody", 0),
        ("?thing=office&obj=清溪", 1),
        ("?thing=office&obj=南门", 0),
        ("?thing=office&result=True", 1),
        ("?thing=office&result=False", 0),
        ("?thing=office&since=2099-01-01", 0),
        ("?thing=office&until=2001-01-01", 0),
        ("?thing=office&since=2001-01-01&until=2099-01-01", 1),
        ("?thing=nonsense", None),
    ],
)
def test_filters(auditor, query, found):
    rows = listed(auditor, query)
    assert found is None or len(rows) == found


def test_the_list_costs_the_same_for_more_rows(auditor, world, django_assert_max_num_queries):
    auditor.get(reverse("audit_list"))
    with django_assert_max_num_queries(15) as few:
        listed(auditor, "?thing=office")
    for _ in range(10):
        record("office.update", world.offices["town"], by=world.people["head"])
    with django_assert_max_num_queries(len(few)):
        assert len(listed(auditor, "?thing=office")) == 11


def test_the_detail_page_reads_like_a_sentence(auditor, world):
    page = auditor.get(reverse("audit_detail", args=[world["entry.town"].pk])).content.decode()
    assert "机构 · 修改" in page and "（空） → 8001" in page and "成功" in page


# --- words -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("action", "told", "words"),
    [
        ("account.password_reset", "", "重置密码"),
        ("posting.grant", "", "授予角色"),
        ("sector.deactivate", "", "界别 · 停用"),
        ("sector.rearrange", "重新排序", "界别 · 重新排序"),
        ("unheard.of", "", "unheard · of"),
    ],
)
def test_actions_have_chinese_names(action, told, words):
    assert labels.label(action, told) == words


def test_changes_and_lists_are_told_in_words():
    entry = AuditEntry(detail={"reason": "调离", "changes": {"name": ["甲", "乙"]}, "rows": [1, 2, 3], "note": ""})
    assert detail_pairs(entry) == [("理由", "调离"), ("条数", "1、2、3"), ("名称", "甲 → 乙")]


# --- offices of acts ---------------------------------------------------------------------------------------------
def test_an_act_belongs_to_the_office_of_its_object_or_of_its_actor(world):
    staff, town, county = world.people["staff"], world.offices["town"], world.offices["county"]
    assert record("x.y", county, by=staff).office == county.code
    assert record("x.y", world["plan.draft"], by=world.people["county_staff"]).office == town.code
    assert record("x.y", world.people["county_staff"], by=staff).office == county.code
    assert record("x.y", by=staff).office == town.code
    assert record("x.y", by=None).office == ""


def test_recording_does_not_freeze_the_rights_of_the_person_it_is_about(world):
    from accounts.models import User
    from accounts.roles import Can
    from organisation.selectors import can
    from organisation.services import grant_role

    account = User.objects.get(pk=world["account.new"].pk)
    record("account.updated", account, by=account)
    grant_role(user=account, role="staff", office=world.offices["town"], by=world.people["secadmin"])
    assert can(account, Can.EDIT_PLANS, world.offices["town"])


# --- denied attempts -----------------------------------------------------------------------------------------------
def denied(**conditions):
    return AuditEntry.objects.filter(action=ACTION, **conditions)


def test_refused_and_foreign_addresses_are_recorded(sign_in, world):
    browser = sign_in("owner")
    browser.get(reverse("account_list"))
    browser.get(reverse("account_detail", args=[world["account.staff"].pk]))
    assert sorted(entry.detail["status"] for entry in denied(actor=world.people["owner"])) == [403, 404]
    assert not denied(succeeded=True).exists()


def test_addresses_that_do_not_exist_and_anonymous_callers_are_not(sign_in, client):
    sign_in("owner").get("/no/such/page/")
    client.get(reverse("account_list"))
    assert not denied().exists()


def test_nobody_can_flood_the_trail(sign_in, world):
    browser = sign_in("owner")
    for _ in range(MOST + 5):
        browser.get(reverse("account_list"))
    found = denied(actor=world.people["owner"]).order_by("id")
    assert found.count() == MOST and "次数过多" in found.last().detail["note"]
    sign_in("colleague").get(reverse("account_list"))
    assert denied(actor=world.people["colleague"]).count() == 1
