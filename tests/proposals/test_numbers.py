"""Case numbers: unique and without gaps per session, whoever files at the same instant (real PostgreSQL)."""

import threading

import pytest
from django.db import connections, transaction

from core.casenumbers import next_number
from core.errors import DomainError
from proposals import services
from proposals.models import CaseCounter, Proposal
from tests import factories as make
from tests.world import build

MANY = 50


def numbers(session):
    found = Proposal.objects.filter(session=session, case_no__isnull=False)
    return sorted(found.values_list("case_no", flat=True))


def fresh_session(world, number=6):
    return make.SessionFactory(term=world["session"].term, number=number, name=f"十届第{number}次会议")


def waiting(world, session, count):
    county, town = world.offices["county"], world.offices["town"]
    base = {"office": county, "home_office": town, "session": session, "category": "society"}
    return [make.ProposalFactory(**base, member=world["member.owner"]) for _ in range(count)]


@pytest.mark.django_db(transaction=True)
def test_fifty_filed_at_once_get_fifty_consecutive_numbers():
    world = build()
    session = fresh_session(world)
    proposals, clerk = waiting(world, session, MANY), world.people["county_staff"]
    start, errors = threading.Barrier(MANY), []

    def file(proposal):
        try:
            start.wait(30)
            services.file_case(proposal=proposal, category="society", by=clerk)
        except Exception as error:
            errors.append(repr(error))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=file, args=(proposal,)) for proposal in proposals]
    [thread.start() for thread in threads]
    [thread.join(60) for thread in threads]
    assert errors == []
    assert numbers(session) == list(range(1, MANY + 1))
    assert CaseCounter.objects.get(session=session).last == MANY


@pytest.mark.django_db(transaction=True)
def test_one_member_submitting_from_many_windows_makes_one_record(post):
    from django.test import Client

    world, data = build(), post()
    before, answers = Proposal.objects.count(), []

    def send():
        browser = Client()
        browser.force_login(world.people["owner"], backend="django.contrib.auth.backends.ModelBackend")
        answers.append(browser.post("/proposals/new/", data))
        connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(8)]
    [thread.start() for thread in threads]
    [thread.join(60) for thread in threads]
    assert Proposal.objects.count() == before + 1
    assert {answer.status_code for answer in answers} == {302} and len({answer.url for answer in answers}) == 1


@pytest.mark.django_db
def test_a_filing_that_is_undone_leaves_no_gap(world):
    session, clerk = fresh_session(world), world.people["county_staff"]
    first, second, third = waiting(world, session, 3)
    services.file_case(proposal=first, category="society", by=clerk)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        services.file_case(proposal=second, category="society", by=clerk)
        raise ZeroDivisionError
    services.file_case(proposal=third, category="society", by=clerk)
    second.refresh_from_db()
    assert (second.case_no, numbers(session)) == (None, [1, 2])


@pytest.mark.django_db
def test_a_refused_filing_leaves_no_gap(world):
    session, clerk = fresh_session(world), world.people["county_staff"]
    first, second = waiting(world, session, 2)
    with pytest.raises(DomainError):
        services.file_case(proposal=first, category="nonsense", by=clerk)
    services.file_case(proposal=second, category="society", by=clerk)
    assert numbers(session) == [1]


@pytest.mark.django_db
def test_every_session_counts_for_itself(world):
    clerk, session, other = world.people["county_staff"], fresh_session(world), fresh_session(world, 7)
    for proposal in [*waiting(world, session, 2), *waiting(world, other, 3)]:
        services.file_case(proposal=proposal, category="society", by=clerk)
    assert (numbers(session), numbers(other)) == ([1, 2], [1, 2, 3])


@pytest.mark.django_db
def test_imported_numbers_are_not_given_again(world):
    imported = make.ProposalFactory(
        office=world.offices["county"], session=fresh_session(world), state="filed", case_no=40,
        filed_at=make.moment(3, 1),
    )  # fmt: skip
    [proposal] = waiting(world, imported.session, 1)
    services.file_case(proposal=proposal, category="society", by=world.people["county_staff"])
    assert proposal.pk and Proposal.objects.get(pk=proposal.pk).case_no == 41


@pytest.mark.django_db(transaction=True)
def test_a_number_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError):
        next_number(CaseCounter, highest=lambda: 0, session_id=1)
