"""Conversations before the reply stop their clock; the rule says whether a reply may go without one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.clock import today
from core.errors import Denied, DomainError
from handling import reply_rules
from handling.enums import Stage
from handling.models import Clock, Contact
from handling.services import clocks, contacts, replies
from tests.core.test_files import picture
from tests.handling import reply_objects as make

pytestmark = pytest.mark.django_db


def talk(one, **more):
    values = {"day": today(), "way": "visit", "persons": "周科长、王委员", **more}
    return contacts.add(assignment=one.assignment, by=one.clerk, **values)


def test_the_first_one_stops_the_clock_on_its_own_day():
    one, earlier = make.case(), today() - timedelta(days=3)
    clocks.start(stage=Stage.CONTACT, proposal=one.proposal, assignment=one.assignment, by=None, on=earlier)
    talk(one, day=today() - timedelta(days=1), photo=SimpleUploadedFile("a.jpg", picture()))
    assert Clock.objects.get(stage=Stage.CONTACT).stopped_on == today() - timedelta(days=1)
    talk(one)
    assert [each.photo is not None for each in one.assignment.contacts.all()] == [True, False]


@pytest.mark.parametrize(
    ("wrong", "field"), [({"day": today() + timedelta(days=1)}, "day"), ({"way": "pigeon"}, "way")]
)
def test_what_cannot_be_is_refused(wrong, field):
    with pytest.raises(DomainError) as refused:
        talk(make.case(), **wrong)
    assert refused.value.field == field


def test_only_the_unit_enters_and_takes_away():
    one = make.case()
    made = talk(one)
    with pytest.raises(Denied):
        contacts.add(assignment=one.assignment, day=today(), way="visit", persons="李某", by=one.staff)
    with pytest.raises(Denied):
        contacts.drop(contact=made, by=make.case().clerk)
    contacts.drop(contact=made, by=one.clerk)
    assert not Contact.objects.exists()


def test_without_one_the_reply_warns_or_stays():
    one = make.case()
    reply = make.drafted(one)
    assert "还没有登记" in replies.warnings(reply)[reply_rules.CONTACT_REQUIRED]
    make.set_rule(reply_rules.CONTACT_REQUIRED, True)
    with pytest.raises(DomainError, match="还没有登记"):
        replies.to_check(reply=reply, by=one.clerk)
    talk(one)
    replies.to_check(reply=reply, by=one.clerk)
    assert not replies.warnings(reply)
