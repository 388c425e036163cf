from datetime import timedelta

import pytest
from django.utils import timezone

from tests.activities.inviting import account
from tests.factories import (
    ActivityFactory,
    AttendanceFactory,
    MemberFactory,
    OfficeFactory,
    PostingFactory,
    TermFactory,
)


@pytest.fixture
def office(db):
    return OfficeFactory(short_name="清溪镇联络处")


@pytest.fixture
def clerk(office):
    """Staff of the office."""
    return PostingFactory(office=office, role="staff", user__name="周文").user


@pytest.fixture
def colleague(office):
    return PostingFactory(office=office, role="staff", user__name="王敏").user


@pytest.fixture
def members(office):
    """`members(3)` → so many serving members of the office."""
    term = TermFactory(office=office)
    return lambda count, **values: MemberFactory.create_batch(count, office=office, term=term, **values)


@pytest.fixture
def activity(office):
    """In preparation, its time long past."""
    return ActivityFactory(office=office, state="preparing", title="视察河道治理")


@pytest.fixture
def attended(members):
    """`attended(activity, "present", "late")` → one attendance of a new member per state."""

    def register(activity, *states):
        return [AttendanceFactory(activity=activity, member=members(1)[0], state=state) for state in states]

    return register


@pytest.fixture
def browser(client):
    """`browser(user)` → a client signed in as the user."""

    def sign_in(user):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def as_member(office, members):
    """A member of the office with an account: (member, user)."""
    member = members(1)[0]
    member.user = PostingFactory(office=office, role="member", user__name=member.name).user
    member.save()
    return member, member.user


@pytest.fixture
def invited(office):
    """`invited(2, joining="sign_up", capacity=1)` → an activity to come and the members invited to it."""

    def build(count, **values):
        activity = ActivityFactory(
            office=office, state="preparing", starts_at=timezone.now() + timedelta(days=5), **values
        )
        people = [account(office) for _ in range(count)]
        for member in people:
            AttendanceFactory(activity=activity, member=member, state="invited")
        return activity, people

    return build
