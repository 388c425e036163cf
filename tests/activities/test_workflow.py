"""What an activity can become, what is asked for first, and what the buttons say."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activities import services
from activities.enums import ActivityState
from activities.workflow import FLOW
from core.errors import Denied, DomainError, StateChanged
from core.workflow import history
from notices.models import Notice
from tests.factories import ActivityFactory, AttendanceFactory

pytestmark = pytest.mark.django_db


def step(activity, action, by, reason="因雨改期"):
    return services.step(by=by, activity=activity, action=action, reason=reason)


def refusal(activity, action, by):
    with pytest.raises(DomainError) as caught:
        step(activity, action, by)
    return caught.value.message


@pytest.mark.parametrize(("field", "label"), [("place", "地点"), ("content", "内容"), ("responsible", "责任人")])
def test_holding_names_what_is_not_settled(activity, clerk, field, label):
    setattr(activity, field, "")
    activity.save()
    assert refusal(activity, "hold", clerk) == f"还没有填写{label}，请先补充，再登记为已开展。"


def test_holding_names_everything_at_once(office, clerk):
    bare = ActivityFactory(office=office, state="preparing", place="", content="", responsible="")
    assert "地点、内容、责任人" in refusal(bare, "hold", clerk)


def test_nothing_is_held_before_it_begins(activity, clerk):
    activity.starts_at = timezone.now() + timedelta(hours=1)
    activity.save()
    assert "活动时间还没有到" in refusal(activity, "hold", clerk)


def test_summarising_asks_for_minutes(activity, clerk):
    step(activity, "hold", clerk)
    assert "还没有活动记录" in refusal(activity, "summarise", clerk)
    services.save_results(by=clerk, activity=activity, version=1, values=results(minutes="九时集合。"))
    step(activity, "summarise", clerk)
    assert activity.state == ActivityState.SUMMARISED


def results(**values):
    return dict.fromkeys(("hours", "households", "copies", "amount")) | {"minutes": "", "outcome": ""} | values


@pytest.mark.parametrize(("state", "action"), [("summarised", "reopen"), ("preparing", "cancel"), ("held", "revert")])
def test_going_back_asks_for_a_reason(office, clerk, state, action):
    activity = ActivityFactory(office=office, state=state)
    with pytest.raises(DomainError, match="请填写"):
        step(activity, action, clerk, reason=" ")
    step(activity, action, clerk, reason="登记有误")
    assert history(activity)[-1].reason == "登记有误"


def test_the_bar_shows_the_refusal_instead_of_hiding_the_button(activity, clerk):
    activity.place = ""
    hold = next(action for action in FLOW.actions(clerk, activity) if action.name == "hold")
    assert (hold.allowed, hold.denied_reason) == (False, "还没有填写地点，请先补充，再登记为已开展。")


def test_staff_of_another_office_is_told_why_not(activity, world):
    with pytest.raises(Denied):
        step(activity, "hold", world.people["other_staff"])


def test_a_second_click_finds_the_state_changed(activity, clerk):
    stale = type(activity).objects.get(pk=activity.pk)
    step(activity, "hold", clerk)
    with pytest.raises(StateChanged):
        step(stale, "hold", clerk)


def test_cancelling_tells_those_invited_why_not_others(activity, clerk, as_member):
    member, user = as_member
    AttendanceFactory(activity=activity, member=member, state="invited")
    step(activity, "cancel", clerk)
    assert Notice.objects.get(recipient=user).text.startswith("活动取消：“视察河道治理”")
    assert Notice.objects.count() == 1


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(actions=st.lists(st.sampled_from(sorted(FLOW.transitions)), max_size=8))
def test_any_sequence_stays_within_the_table(office, clerk, actions):
    activity = ActivityFactory(office=office, state="preparing", minutes="有记录")
    expected = ["preparing"]
    for action in actions:
        transition = FLOW.transitions[action]
        try:
            step(activity, action, clerk)
        except StateChanged:
            assert expected[-1] not in transition.sources
        else:
            assert expected[-1] in transition.sources
            expected.append(transition.target)
    stored = type(activity).objects.get(pk=activity.pk).state
    assert [stored] + [event.to_state for event in history(activity)] == [expected[-1], *expected[1:]]


def test_a_decision_on_a_changed_activity_is_refused(office, clerk):
    """Who summarises has read the minutes as they are now."""
    activity = ActivityFactory(office=office, state="held", minutes="有记录")
    with pytest.raises(StateChanged, match="刚刚有改动"):
        services.step(by=clerk, activity=activity, action="summarise", version=activity.version + 1)
