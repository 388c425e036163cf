"""A reply from its draft to the end: satisfied, handled again, the last round, overdue; no answer is ever lost."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import Denied, DomainError
from core.workflow import history
from handling import answering, reply_rules
from handling.enums import Stage
from handling.models import Clock, Feedback
from handling.services import feedback, replies, rounds
from notices.models import Notice
from tests.handling import reply_objects as make

pytestmark = pytest.mark.django_db


def states(one):
    one.assignment.refresh_from_db()
    one.proposal.refresh_from_db()
    return one.assignment.state, one.proposal.state


def running(one):
    return set(Clock.objects.running().filter(assignment=one.assignment).values_list("stage", flat=True))


def test_a_satisfied_proposer_closes_the_case():
    one = make.case()
    reply = make.passed(one, category="A")
    assert (states(one), running(one) - {"follow_up"}) == (("replied", "replied"), {Stage.FEEDBACK})
    make.answer(reply, one.proposers[0], "mostly")
    assert states(one)[0] == "done"
    assert running(one) <= {"follow_up"}


def test_without_promises_the_proposal_is_closed():
    one = make.case()
    reply = replies.pass_on(reply=signed(one, items=[]), by=one.staff)
    make.answer(reply, one.proposers[0])
    assert states(one) == ("done", "closed")


def signed(one, **more):
    reply = make.drafted(one, **more)
    replies.to_check(reply=reply, by=one.clerk)
    replies.check(reply=reply, name="钱主任", by=one.clerk)
    return replies.sign(reply=reply, signatory="孙局长", signed_on=make.today(), by=one.clerk)


WORKING = timezone.make_aware(datetime(2026, 11, 23, 10))
AT_NIGHT = timezone.make_aware(datetime(2026, 11, 23, 23))


def late(reply):
    """Its time for answers is over."""
    Clock.objects.filter(stage=Stage.FEEDBACK).update(due_on="2020-01-02", started_on="2020-01-01")
    return reply


def test_all_proposers_are_waited_for():
    one = make.case(proposers=2)
    reply = make.passed(one)
    make.answer(reply, one.proposers[0])
    assert states(one)[0] == "replied"
    make.answer(reply, one.proposers[1])
    assert states(one)[0] == "done"


def test_the_whole_way_through_a_second_round():
    one = make.case(proposers=2)
    first = make.passed(one)
    make.answer(first, one.proposers[0], "unsatisfied")
    assert states(one)[0] == "replied"
    rounds.send_again(reply=first, reason="请写明站点位置。", by=one.staff)
    assert (states(one), running(one)) == (("rehandle", "rehandle"), {Stage.REHANDLE, Stage.FOLLOW_UP})
    second = make.passed(one)
    assert (second.round, states(one)[0]) == (2, "replied")
    promise = second.items.get(kind="promised")
    assert Clock.objects.running().get(stage=Stage.FOLLOW_UP).subject_id == promise.pk
    with pytest.raises(DomainError, match="退回重新办理"):
        make.answer(first, one.proposers[1])
    for proposer in one.proposers:
        make.answer(second, proposer)
    assert states(one)[0] == "done"
    assert [each.round for each in one.assignment.replies.all()] == [1, 2]
    assert Feedback.objects.filter(reply=first).get().text == "请再研究。"


def test_the_office_may_leave_it_at_that_with_a_reason():
    one = make.case()
    reply = make.passed(one)
    make.answer(reply, one.proposers[0], "unsatisfied")
    with pytest.raises(DomainError, match="理由"):
        rounds.accept(reply=reply, reason=" ", by=one.staff)
    rounds.accept(reply=reply, reason="受上级政策限制，已向委员说明。", by=one.staff)
    assert states(one)[0] == "done"
    assert history(one.assignment)[-1].reason == "受上级政策限制，已向委员说明。"


def test_after_the_last_round_it_ends_with_a_remark():
    make.set_rule(reply_rules.MOST_ROUNDS, 1)
    one = make.case()
    reply = make.passed(one)
    make.answer(reply, one.proposers[0], "unsatisfied")
    assert states(one)[0] == "done"
    assert "已经答复 1 次" in history(one.assignment)[-1].reason
    with pytest.raises(DomainError, match="达到规定的次数"):
        rounds.send_again(reply=reply, reason="再办", by=one.staff)


def test_the_rule_may_send_it_back_by_itself_once_all_are_in():
    make.set_rule(reply_rules.REHANDLE_AUTOMATIC, True)
    one = make.case(proposers=2)
    reply = make.passed(one)
    make.answer(reply, one.proposers[0], "unsatisfied")
    assert states(one)[0] == "replied"
    make.answer(reply, one.proposers[1])
    assert states(one)[0] == "rehandle"
    assert "请再研究" in history(one.assignment)[-1].reason


@pytest.mark.parametrize(
    ("measure", "counts"),
    [
        ({"handling": False, "result": True, "least": 1}, True),
        ({"handling": True, "result": False, "least": 1}, False),
        ({"handling": True, "result": True, "least": 2}, False),
    ],
)
def test_the_rule_says_what_counts_as_unsatisfied(measure, counts):
    make.set_rule(reply_rules.UNSATISFIED, measure)
    one = make.case()
    make.answer(make.passed(one), one.proposers[0], "unsatisfied")
    assert (states(one)[0] == "replied") is counts


def test_who_does_not_answer_in_time_has_no_opinion():
    one = make.case(proposers=2)
    reply = make.passed(one)
    make.answer(reply, one.proposers[0])
    assert feedback.close_overdue(WORKING) == 0
    late(reply)
    assert [feedback.close_overdue(at) for at in (AT_NIGHT, WORKING, WORKING)] == [0, 1, 0]
    stand = answering.standing(reply)
    assert [each.via for _, each in stand.answers] == ["page", "rule"]
    assert states(one)[0] == "done"


def test_the_office_may_wait_instead():
    make.set_rule(reply_rules.OVERDUE_IS_NO_OPINION, False)
    one = make.case()
    late(make.passed(one))
    assert feedback.close_overdue(WORKING) == 0
    assert states(one)[0] == "replied"


def test_a_late_answer_still_counts_and_the_office_hears_of_it():
    one = make.case()
    reply = make.passed(one)
    late(reply)
    feedback.close_overdue(WORKING)
    make.answer(reply, one.proposers[0], "unsatisfied")
    assert Notice.objects.filter(recipient=one.staff, text__contains="不满意").exists()
    rounds.send_again(reply=reply, reason="", by=one.staff)
    assert states(one)[0] == "rehandle"


def test_only_the_office_decides():
    one = make.case()
    reply = make.passed(one)
    make.answer(reply, one.proposers[0], "unsatisfied")
    for act in (rounds.send_again, rounds.accept):
        with pytest.raises(Denied):
            act(reply=reply, reason="不再办", by=one.clerk)


ANSWERS = st.lists(
    st.tuples(st.integers(0, 1), st.sampled_from(["satisfied", "mostly", "unsatisfied", "no_opinion"])), max_size=7
)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(given_answers=ANSWERS)
def test_whatever_is_answered_is_kept_and_the_newest_counts(given_answers, django_db_blocker):
    """Accepted answers are all there afterwards, in their order, whatever rounds they lead to."""
    from django.db import transaction

    with transaction.atomic():
        one = make.case(proposers=2)
        reply, said = make.passed(one), []
        for place, result in given_answers:
            said.append((one.proposers[place].pk, result))
            make.answer(reply, one.proposers[place], result)
        assert list(Feedback.objects.order_by("pk").values_list("proposer_id", "result")) == said
        newest = dict(said)
        assert {row.proposer_id: row.result for row in answering.of_whole_replies()} == newest
        transaction.set_rollback(True)
