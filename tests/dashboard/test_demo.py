"""The demo office: complete, and nobody's real data."""

from __future__ import annotations

import re
import stat

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import Q

from accounts.models import User
from accounts.roles import ROLES
from activities.models import Activity, Photo
from core.models import WorkflowEvent
from members.models import Member
from opinions.models import OpinionReport
from organisation.models import Office
from plans.models import AnnualPlan, Target
from proposals.models import CaseCounter, Proposal

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, tmp_path_factory):
    """The demo of today, built once for all tests."""
    from django.test import override_settings

    var = tmp_path_factory.mktemp("var")
    with django_db_blocker.unblock(), override_settings(VAR=var, MEDIA_ROOT=var / "media"), transaction.atomic():
        call_command("demo", verbosity=0)
        yield {"var": var}
        transaction.set_rollback(True)


def test_three_offices_sixty_members_and_two_years(demo):
    assert (Office.objects.count(), Member.objects.count()) == (3, 60)
    assert AnnualPlan.objects.in_force().count() == 6
    assert Activity.objects.count() > 60 and Photo.objects.count() > 20


def test_every_step_was_taken_through_the_workflow(demo):
    for model, states in ((AnnualPlan, "approved"), (Proposal, "filed"), (OpinionReport, "accepted")):
        objects = model.objects.filter(**({"case_no__gt": 0} if model is Proposal else {"state": states}))
        events = WorkflowEvent.objects.filter(subject_type__model=model._meta.model_name, to_state=states)
        assert events.count() == objects.count() > 0


def test_events_carry_the_dates_of_their_year_and_never_lie_ahead(demo):
    from django.utils import timezone

    plans = WorkflowEvent.objects.filter(subject_type__model="annualplan", name="approve")
    assert {event.at.month for event in plans} == {1}
    assert not WorkflowEvent.objects.filter(at__gt=timezone.now()).exists()


def test_case_numbers_have_no_gaps(demo):
    for counter in CaseCounter.objects.all():
        numbers = Proposal.objects.filter(session=counter.session, case_no__isnull=False).values_list(
            "case_no", flat=True
        )
        assert sorted(numbers) == list(range(1, counter.last + 1))


def test_proposals_are_in_every_state_an_office_meets(demo):
    states = set(Proposal.objects.values_list("state", flat=True))
    assert states >= {
        "draft",
        "submitted",
        "returned",
        "not_filed",
        "filed",
        "dispatched",
        "handling",
        "closed",
        "withdrawn",
    }


def test_there_is_an_account_for_each_role_and_only_the_owner_reads_the_file(demo):
    path = demo["var"] / "demo-accounts.txt"
    lines = [line.split() for line in path.read_text().splitlines()]
    assert {role for role, _, _ in lines} == set(ROLES)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert all(User.objects.get(username=name).check_password(password) for _, name, password in lines)


def test_accounts_not_in_the_file_cannot_be_signed_in_to(demo):
    listed = [line.split()[1] for line in (demo["var"] / "demo-accounts.txt").read_text().splitlines()]
    assert not any(user.has_usable_password() for user in User.objects.exclude(username__in=listed))


def test_no_phone_number_could_be_somebodys(demo):
    phones = [*Member.objects.values_list("phone", flat=True), *Office.objects.values_list("phone", flat=True)]
    assert all(re.fullmatch(r"1390000\d{4}|0000-66\d{5}", phone) for phone in phones)


def test_rare_characters_are_among_the_names(demo):
    assert all(Member.objects.filter(name__contains=rare).exists() for rare in "㛃䶮喆堃玥·")


def test_a_second_run_changes_nothing(demo, capsys):
    call_command("demo")
    assert "已经有了" in capsys.readouterr().out
    assert Office.objects.count() == 3


def test_every_page_of_the_visitors_has_something_on_it(demo):
    from dashboard import homes

    for name in ("staff", "head", "member", "county-staff"):
        assert homes.context(User.objects.get(username=name))["tasks"]
    assert not Target.objects.filter(~Q(plan__items__isnull=False)).exists()
