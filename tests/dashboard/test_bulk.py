"""The bulk data: the right amounts, in offices of its own, and not by accident in somebody's real database."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from activities.models import Activity, Attendance
from dashboard.demo.bulk import PREFIX
from members.models import Member
from organisation.models import Office
from proposals.models import CaseCounter, Proposal
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def bulk(db):
    call_command("bulk", scale=0.01)


def test_a_hundredth_gives_a_hundredth(bulk):
    counts = [model.objects.count() for model in (Member, Proposal, Activity, Attendance)]
    assert counts == [20, 200, 100, 2000]


def test_its_offices_are_its_own_and_its_rows_are_spread_over_the_years(bulk):
    assert all(code.startswith(PREFIX) for code in Office.objects.values_list("code", flat=True))
    assert Activity.objects.dates("starts_at", "year").count() == 5


def test_case_numbers_count_from_one_in_each_session(bulk):
    for counter in CaseCounter.objects.all():
        numbers = Proposal.objects.filter(session=counter.session, case_no__isnull=False).values_list(
            "case_no", flat=True
        )
        assert sorted(numbers) == list(range(1, counter.last + 1))


def test_real_data_are_not_mixed_with_it_unless_asked_for():
    make.OfficeFactory()
    with pytest.raises(CommandError, match="--yes"):
        call_command("bulk", scale=0.01)
    call_command("bulk", scale=0.01, yes=True)


def test_a_second_run_adds_nothing(bulk, capsys):
    call_command("bulk", scale=0.01)
    assert "已经有了" in capsys.readouterr().out
    assert Proposal.objects.count() == 200


@pytest.mark.parametrize("scale", ["0", "-1", "1000"])
def test_a_senseless_scale_is_refused(scale):
    with pytest.raises(CommandError, match="倍数"):
        call_command("bulk", "--scale", scale)
