"""The working-day calendar: shipped years, an office's own days, and the year nobody has entered."""

from datetime import date

import pytest
from django.urls import reverse

from core.errors import Denied, DomainError
from core.workdays import Length, deadline
from organisation import services, workdays
from organisation.models import DaysOff

pytestmark = pytest.mark.django_db
OWN = {"kind": "rest", "name": "三月三", "first": date(2026, 4, 20), "last": date(2026, 4, 21), "note": ""}


def test_shipped_days_count_everywhere(world):
    calendar = workdays.calendar_of(world.offices["town"])
    assert deadline(date(2026, 2, 10), Length(10), calendar).day == date(2026, 3, 2)
    assert {2025, 2026} <= calendar.years


def test_an_offices_own_days_count_in_it_and_below(world):
    county, head = world.offices["county"], world.people["county_head"]
    services.save_days(office=county, values=OWN, by=head)
    assert not workdays.calendar_of(world.offices["town"]).is_workday(date(2026, 4, 20))
    assert workdays.calendar_of(None).is_workday(date(2026, 4, 20))


def test_a_year_entered_by_hand_is_known(world):
    county, head = world.offices["county"], world.people["county_head"]
    spring = OWN | {"name": "春节", "first": date(2027, 2, 5), "last": date(2027, 2, 11)}
    services.save_days(office=county, values=spring, by=head)
    worked = OWN | {"kind": "work", "name": "春节", "first": date(2027, 2, 13), "last": date(2027, 2, 13)}
    services.save_days(office=county, values=worked, by=head)
    # Wed 3 Feb 2027 + 3: 4 | holiday 5 to 11 | 12, Sat 13 (worked)
    due = deadline(date(2027, 2, 3), Length(3), workdays.calendar_of(world.offices["town"]))
    assert (due.day, due.warnings) == (date(2027, 2, 13), ())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"last": date(2026, 4, 1)}, "不能早于"),
        ({"last": date(2026, 8, 1)}, "最多 31 天"),
        ({"kind": "work", "last": date(2026, 4, 20)}, "只能是周六、周日"),
    ],
)
def test_nonsense_is_refused_at_the_field(world, change, said):
    with pytest.raises(DomainError, match=said):
        services.save_days(office=world.offices["county"], values=OWN | change, by=world.people["county_head"])


def test_overlaps_are_refused(world):
    county, head = world.offices["county"], world.people["county_head"]
    services.save_days(office=county, values=OWN, by=head)
    with pytest.raises(DomainError, match="重叠"):
        services.save_days(office=county, values=OWN | {"first": date(2026, 4, 21)}, by=head)


def test_a_township_does_not_change_the_committees_days(world):
    row = services.save_days(office=world.offices["county"], values=OWN, by=world.people["county_head"])
    with pytest.raises(Denied):
        services.remove_days(row=row, by=world.people["staff"])


def test_next_years_table_is_missed_from_november(world):
    assert workdays.missing_year(None, date(2026, 10, 31)) is None
    assert workdays.missing_year(None, date(2026, 11, 1)) == 2027
    assert workdays.missing_year(None, date(2027, 1, 2)) == 2027


def test_entering_and_removing_in_the_browser(world, sign_in):
    client, values = sign_in("county_staff"), {name: str(value) for name, value in OWN.items()}
    client.post(reverse("days_new"), values)
    row = DaysOff.objects.get(name="三月三")
    assert "三月三" in client.get(f"{reverse('days_list')}?year=2026").content.decode()
    client.post(reverse("days_remove", args=[row.pk]))
    assert not DaysOff.objects.filter(name="三月三").exists()


def test_installing_again_keeps_what_was_changed(world):
    DaysOff.objects.filter(office=None, name="春节", first__year=2026, kind="rest").update(name="春节假期")
    workdays.install()
    assert DaysOff.objects.filter(office=None, first__year=2026, kind="rest").count() == 7
