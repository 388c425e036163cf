"""The flow of a survey: no sequence of acts reaches an undeclared state or makes a second sheet."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import DomainError
from core.models import WorkflowEvent
from notices.models import Notice
from surveys import services, tasks
from surveys.enums import SurveyState
from surveys.models import Survey
from surveys.workflow import FLOW
from tests.surveys import objects

pytestmark = pytest.mark.django_db


def later():
    return timezone.now() + timedelta(days=3)


CALLS = {
    "open": lambda survey, by: services.open_survey(survey=survey, by=by),
    "extend": lambda survey, by: services.extend(survey=survey, closes_at=later(), by=by),
    "recall": lambda survey, by: services.recall(survey=survey, by=by),
    "close": lambda survey, by: services.close(survey=survey, by=by),
    "answer": lambda survey, by: services.answer(survey=survey, given=objects.given(survey), by=by),
    "discard": lambda survey, by: services.discard(survey=survey, by=by),
    "remind": lambda survey, by: services.remind(survey=survey, by=by),
}
PEOPLE = ["owner", "staff", "leader", "stranger"]
MOVES = st.lists(st.tuples(st.sampled_from(sorted(CALLS)), st.sampled_from(PEOPLE)), max_size=8)


@given(moves=MOVES)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sequence_keeps_state_seats_and_sheets_together(world, moves):
    with transaction.atomic():
        pk = objects.survey(world.offices["town"], state="draft").pk
        for name, actor in moves:
            if not (row := Survey.objects.filter(pk=pk).first()):
                break
            with suppress(DomainError), transaction.atomic():
                CALLS[name](row, world.people[actor])
        for row in Survey.objects.filter(pk=pk):
            assert row.state in set(SurveyState)
            assert row.sheets.count() == row.seats.filter(answered=True).count() <= 1
            assert row.state != "draft" or not row.seats.exists()
        transaction.set_rollback(True)


def test_the_table_names_only_declared_states_and_every_row_has_a_service():
    for each in FLOW.transitions.values():
        assert {*each.sources, each.target} <= set(SurveyState)
    assert set(FLOW.transitions) <= set(CALLS)


def test_the_clock_closes_what_is_over(world):
    made = world["survey.open"]
    Survey.objects.filter(pk=made.pk).update(closes_at=timezone.now() - timedelta(minutes=1))
    tasks.close_due()
    made.refresh_from_db()
    assert made.state == "closed" and made.held_on
    assert WorkflowEvent.objects.get(subject_id=made.pk, name="close").actor_name == "系统"
    assert Survey.objects.get(pk=world["survey.named"].pk).state == "open"


def test_the_closing_time_can_be_moved_but_not_into_the_past(world, sign_in):
    made = world["survey.open"]
    url = f"/surveys/{made.pk}/act/extend/"
    assert "请填写以后的时间" in sign_in("staff").post(url, {"closes_at": "2020-01-01T09:00"}).content.decode()
    sign_in("staff").post(url, {"closes_at": "2999-01-01T09:00"})
    made.refresh_from_db()
    assert made.closes_at.year == 2999 and made.state == "open"
    told = Notice.objects.filter(text__contains="的截止时间改为1月1日 09:00")
    assert {each.recipient.username for each in told} == {"owner", "colleague"}
