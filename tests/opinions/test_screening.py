"""Accepting and declining: who may, what is asked, who is told; no way to an undeclared state."""

from contextlib import suppress

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import Denied, DomainError, StateChanged
from notices.models import Notice
from notices.todos import waiting_for
from opinions import services
from opinions.enums import OpinionState
from opinions.models import OpinionReport
from opinions.workflow import FLOW
from tests import factories as make

pytestmark = pytest.mark.django_db
CALLS = {
    "submit": lambda opinion, by: services.submit(opinion=opinion, by=by),
    "accept": lambda opinion, by: services.accept(opinion=opinion, by=by),
    "decline": lambda opinion, by: services.decline(opinion=opinion, reason="重复", by=by),
    "write": lambda opinion, by: services.write(
        opinion=opinion, by=by, text=services.Text("集市积水", "other", "情况" * 15, "建议" * 10)
    ),
}
MOVES = st.lists(st.tuples(st.sampled_from(sorted(CALLS)), st.sampled_from(["owner", "stranger", "staff", "leader"])))


@pytest.fixture
def submitted(world):
    return world["opinion.submitted"]


def step(opinion, name):
    return f"/opinions/{opinion.pk}/act/{name}/"


def told(person):
    return " ".join(Notice.objects.filter(recipient=person).values_list("text", flat=True))


def test_accepting_tells_the_author(sign_in, submitted, world):
    page = sign_in("staff").post(step(submitted, "accept"), follow=True)
    submitted.refresh_from_db()
    assert submitted.state == "accepted" and submitted.decided_at
    assert "已采用，已通知撰稿人。" in page.content.decode() and "已被采用" in told(world.people["owner"])


def test_declining_shows_the_author_why(sign_in, submitted, world):
    sign_in("staff").post(step(submitted, "decline"), {"listed": "duplicate", "words": "三月已经报过。"})
    html = sign_in("owner").get(submitted.get_absolute_url()).content.decode()
    assert "同类情况已经有人反映" in html and "三月已经报过。" in html and "未采用（留存）" in html
    assert "没有采用" in told(world.people["owner"])


def test_declining_without_a_reason_is_refused(sign_in, submitted):
    assert sign_in("staff").post(step(submitted, "decline"), {}).status_code == 422
    assert OpinionReport.objects.get(pk=submitted.pk).state == "submitted"


@pytest.mark.parametrize("person", ["owner", "other_staff", "county_staff", "leader"])
def test_only_the_members_office_decides(person, submitted, world):
    with pytest.raises(Denied):
        services.accept(opinion=submitted, by=world.people[person])


def test_the_second_decision_is_refused(submitted, world):
    services.accept(opinion=submitted, by=world.people["staff"])
    with pytest.raises(StateChanged, match="已采用"):
        services.decline(opinion=submitted, reason="重复", by=world.people["head"])


def test_urgent_reports_wait_in_a_row_of_their_own(world):
    make.OpinionFactory(office=world.offices["town"], is_urgent=True)
    rows = {todo.label: (todo.count, todo.urgent) for todo in waiting_for(world.people["staff"])}
    assert (rows["待审看的社情民意急报"], rows["待审看的社情民意"]) == ((1, True), (1, False))


def test_the_author_sees_no_buttons_of_the_office(sign_in, submitted):
    html = sign_in("owner").get(submitted.get_absolute_url()).content.decode()
    assert "不采用" not in html and "查看回执" in html


@given(moves=MOVES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sequence_of_actions_keeps_state_and_authors(world, moves):
    with transaction.atomic():
        pk = make.OpinionFactory(
            office=world.offices["town"], member=world["member.owner"], state="draft", submitted_at=None
        ).pk
        for name, actor in moves:
            with suppress(DomainError):
                CALLS[name](OpinionReport.objects.get(pk=pk), world.people[actor])
            row = OpinionReport.objects.get(pk=pk)
            assert row.state in set(OpinionState)
            assert (row.decided_at is not None) == (row.state in {"accepted", "declined"})
            assert [each.member for each in row.authors.all()] == [world["member.owner"]]
        transaction.set_rollback(True)


def test_the_table_names_only_declared_states_and_every_row_has_a_service():
    for each in FLOW.transitions.values():
        assert {*each.sources, each.target} <= set(OpinionState)
    assert set(FLOW.transitions) <= set(CALLS) | {"convert"}  # a proposal not filed: tests/proposals/test_review.py
