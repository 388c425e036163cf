"""Hundreds of members press the button twice at the same instant: one proposal each, consecutive numbers, no error."""

import importlib
import os
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connections
from django.test import Client
from django.test.client import ClientHandler

from accounts.models import User
from core.models import Submission, WorkflowEvent
from members.models import Member
from organisation.models import Posting
from proposals.models import Proposal, SerialCounter
from tests import factories as make
from tests.proposals.conftest import FULL

#: MEMBERS_AT_ONCE=500 repeats the day of the deadline of a big committee; it takes a minute.
MEMBERS, AT_ONCE = int(os.environ.get("MEMBERS_AT_ONCE", "200")), 12
BACKEND = "django.contrib.auth.backends.ModelBackend"


def committee():
    county = make.OfficeFactory(code="M01", short_name="县政协", kind="county")
    return county, make.SessionFactory(term=make.TermFactory(office=county))


def members(office, term):
    users = User.objects.bulk_create(
        User(username=f"m{n}", name=f"委员{n}", password="!", must_change_password=False) for n in range(MEMBERS)
    )
    Posting.objects.bulk_create(
        Posting(user=u, office=office, role="member", starts=make.date(2020, 1, 1)) for u in users
    )
    Member.objects.bulk_create(
        Member(user=u, office=office, term=term, member_no=u.username, name=u.name, gender="female") for u in users
    )
    return users


def signed_in(user):
    """A session as signing in leaves it, without hashing 500 passwords."""
    store = importlib.import_module(settings.SESSION_ENGINE).SessionStore()
    store.update(
        {SESSION_KEY: str(user.pk), BACKEND_SESSION_KEY: BACKEND, HASH_SESSION_KEY: user.get_session_auth_hash()}
    )
    store.save()
    return store.session_key


def send(handler, session_key, data):
    browser = Client()
    # One application for all, as in a real server: each client of its own would read all static files anew.
    browser.handler = handler
    browser.cookies[settings.SESSION_COOKIE_NAME] = session_key
    return browser.post("/proposals/new/", data)


def hang_up(pool):
    """Every thread closes its own connection: nobody leaves before all have come."""
    together = Barrier(AT_ONCE)
    list(pool.map(lambda _: (together.wait(60), connections.close_all()), range(AT_ONCE)))


@pytest.mark.stands_alone
@pytest.mark.django_db(transaction=True)
def test_many_members_submit_twice_at_the_same_instant():
    office, session = committee()
    forms = [
        (signed_in(user), {**FULL, "intent": "submit", "idempotency_key": str(uuid.uuid4())})
        for user in members(office, session.term)
    ]
    handler = ClientHandler(enforce_csrf_checks=False)
    handler.load_middleware()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        # Both presses of one member stand next to each other, so they are under way together.
        answers = list(pool.map(lambda form: send(handler, *form), [form for form in forms for _ in range(2)]))
        hang_up(pool)
    assert Counter(answer.status_code for answer in answers) == {302: 2 * MEMBERS}
    assert [answers[n].url for n in range(0, 2 * MEMBERS, 2)] == [answers[n].url for n in range(1, 2 * MEMBERS, 2)]
    check_records(session)


def check_records(session):
    rows = Proposal.objects.filter(session=session)
    assert sorted(rows.values_list("serial_no", flat=True)) == list(range(1, MEMBERS + 1))
    assert set(rows.values_list("state", flat=True)) == {"submitted"}
    assert rows.values("proposers__member").distinct().count() == MEMBERS
    assert SerialCounter.objects.get(session=session).last == MEMBERS
    assert (Submission.objects.count(), WorkflowEvent.objects.filter(name="submit").count()) == (MEMBERS, MEMBERS)
