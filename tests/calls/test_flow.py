"""The flows of calls and submissions: no sequence of acts reaches an undeclared state."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calls import services
from calls.enums import CallState, EntryState
from calls.models import Call, Entry
from calls.services import Award, Text
from calls.workflow import CALLS, ENTRIES
from core.errors import DomainError
from notices.models import Notice
from notices.todos import waiting_for
from tests.calls import objects

pytestmark = pytest.mark.django_db
PEOPLE = ["owner", "colleague", "staff", "leader"]


def later():
    return timezone.now() + timedelta(days=3)


def move(step, reason=""):
    return lambda call, entry, by: services.move(call=call, step=step, by=by, reason=reason)


def decide(step):
    return lambda call, entry, by: services.decide(entry=entry, step=step, by=by, reason="请看意见")


ON_CALL = {
    "open": lambda call, entry, by: services.open_call(call=call, by=by),
    "extend": lambda call, entry, by: services.extend(call=call, closes_at=later(), by=by),
    "judge": lambda call, entry, by: services.judge(call=call, by=by),
    "publish": lambda call, entry, by: services.publish(call=call, rest="reject", by=by),
    "correct": move("correct", "名次有误"),
    "close": move("close"),
}
ON_ENTRY = {
    "submit": lambda call, entry, by: services.submit(entry=entry, by=by),
    "withdraw": lambda call, entry, by: services.withdraw(entry=entry, by=by),
    **{step: decide(step) for step in ("return", "accept", "reject", "reconsider")},
}
OTHER = {
    "award": lambda call, entry, by: services.award(call=call, awards={entry.pk: Award("first")}, groups={}, by=by),
    "rewrite": lambda call, entry, by: services.write(
        call=call, entry=entry, text=Text("新题目", objects.BODY), by=by
    ),
}  # fmt: skip
ACTS = {**ON_CALL, **ON_ENTRY, **OTHER}
MOVES = st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.sampled_from(PEOPLE)), max_size=10)


@given(moves=MOVES)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sequence_keeps_states_dates_and_prizes_together(world, moves):
    with transaction.atomic():
        call = objects.call(world.offices["town"])
        pk = objects.entry(call, world["member.owner"], state="draft").pk
        for name, actor in moves:
            row = Entry.objects.select_related("call").get(pk=pk)
            with suppress(DomainError), transaction.atomic():
                ACTS[name](Call.objects.get(pk=call.pk), row, world.people[actor])
            row = Entry.objects.select_related("call").get(pk=pk)
            assert row.state in set(EntryState) and row.call.state in set(CallState)
            assert (row.submitted_at is None) == (row.state == "draft")
            assert (row.decided_at is not None) == (row.state in {"accepted", "rejected"})
            assert not row.prize or row.state in {"submitted", "accepted"}
            assert not row.prize or not row.call.is_announced or row.state == "accepted"
            assert row.call.state not in {"published", "closed"} or row.state != "submitted"
        transaction.set_rollback(True)


def test_the_tables_name_only_declared_states_and_every_row_has_a_service():
    for flow, states, acts in ((CALLS, CallState, ON_CALL), (ENTRIES, EntryState, ON_ENTRY)):
        assert all({*each.sources, each.target} <= set(states) for each in flow.transitions.values())
        assert set(flow.transitions) == set(acts)


def test_opening_tells_the_members_and_puts_it_on_their_list(sign_in, world):
    sign_in("staff").post(reverse("call_act", args=[world["call.draft"].pk, "open"]))
    told = Notice.objects.filter(text__startswith="征集：《献一策征文》")
    assert {each.recipient.username for each in told} == {"owner", "colleague"}
    rows = {todo.label: todo.count for todo in waiting_for(world.people["colleague"])}
    assert rows["正在征集的稿件"] == 2


def test_a_call_in_judgement_takes_texts_again(sign_in, world):
    made = world["call.judging"]
    sign_in("staff").post(reverse("call_act", args=[made.pk, "extend"]), {"closes_at": "2999-01-01T09:00"})
    made.refresh_from_db()
    assert made.takes_entries and Notice.objects.filter(text__contains="截稿时间改为1月1日 09:00").count() == 2


def test_the_grace_is_the_rule_of_the_day_it_was_opened(world):
    opened = services.open_call(call=world["call.draft"], by=world.people["staff"])
    assert Call.objects.get(pk=opened.pk).grace_minutes == 30


def test_the_judge_has_the_waiting_texts_on_the_home_page(world):
    rows = {todo.label: (todo.count, todo.urgent) for todo in waiting_for(world.people["head"])}
    assert rows["等您打分的稿件"] == (1, True)
    assert "等您打分的稿件" not in {todo.label for todo in waiting_for(world.people["staff"])}


def test_the_times_of_a_call_have_their_own_step(sign_in, world, post):
    made = world["call.open"]
    data = {"kind": "plenary_speech", "title": "新名称", "closes_at": "2000-01-01T09:00", "version": "1"}
    sign_in("staff").post(reverse("call_edit", args=[made.pk]), data)
    found = Call.objects.get(pk=made.pk)
    assert (found.title, found.closes_at) == ("新名称", made.closes_at)


def test_wrong_words_and_times_are_said_in_sentences(sign_in, world):
    data = {
        "kind": "essay_contest",
        "title": "征文",
        "words_min": "900",
        "words_max": "100",
        "closes_at": "2999-01-01T09:00",
    }
    html = sign_in("staff").post(reverse("call_new"), data).content.decode()
    assert "字数上限不能小于下限。" in html
