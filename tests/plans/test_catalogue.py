"""H01 to H40 of domain.md one by one: entered through the form, filled by records, told in words.

H19 (4 to 6 invited, two weeks ahead) is a rule of the type 主席约谈, proved with its warnings at the end.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from activities.models import ActivityType
from activities.pages.invitations import type_warnings
from activities.panels import Sight, notice_rule
from plans import progress, subjects
from plans.forms.targets import TargetForm, TargetGrid
from plans.models import Target
from tests import factories as make
from tests.plans.catalogue.scene import Scene
from tests.plans.catalogue.targets import ENTRIES, Asked, Entry

pytestmark = pytest.mark.django_db
YEAR_END = date(2026, 12, 31)
BY_RULE = {"H19"}


@pytest.fixture
def scene(db) -> Scene:
    return Scene()


@pytest.fixture
def clerk(scene) -> Client:
    browser = Client()
    browser.force_login(make.PostingFactory(office=scene.office).user)
    return browser


def entered(scene: Scene, asks: tuple[Asked, ...], about: str) -> None:
    """The targets as the form saves them."""
    grid = TargetGrid(plan=scene.plan)
    for order, ask in enumerate(asks, 1):
        form = TargetForm({"text": about, **ask}, **grid.options)
        assert form.is_valid(), form.errors
        Target.objects.create(plan=scene.plan, order=order, **grid.values(form.cleaned_data))


def standings(scene: Scene) -> list[progress.Progress]:
    return progress.of_plan(scene.plan, as_of=YEAR_END)


def test_every_entry_is_here():
    assert sorted({entry.id for entry in ENTRIES} | BY_RULE) == [f"H{number:02}" for number in range(1, 41)]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: f"{entry.id}-{entry.about}")
def test_target(scene, clerk, entry: Entry):
    entered(scene, entry.asks, entry.about)
    before = standings(scene)
    assert tuple(each.text for each in before) == entry.before
    assert not any(each.met for each in before)
    entry.records(scene)
    after = standings(scene)
    assert tuple(each.text for each in after) == entry.after
    assert all(each.met or each.amount is None for each in after)
    assert [listed(clerk, each) for each in after] == [counted_rows(each) for each in after]


def counted_rows(standing: progress.Progress) -> int | None:
    """How many rows the lists behind a figure have; None where the figure is a sum of theirs."""
    plain = standing.target.metric == "records" and standing.target.measure != "results"
    return int(standing.actual) if plain else None


def listed(clerk: Client, standing: progress.Progress) -> int | None:
    """The rows of the pages a figure leads to."""
    urls = [standing.url] if standing.url else [part.url for part in standing.subjects]
    pages = [clerk.get(url) for url in urls]
    assert {page.status_code for page in pages} == {200}
    rows = sum(page.context["table"].page.paginator.count for page in pages)
    return rows if counted_rows(standing) is not None else None


def test_what_stands_in_for_a_register_is_a_plain_record():
    """Every entry that names a register to come counts at least one type of plain records."""
    codes = set(ActivityType.objects.filter(is_record=True).values_list("code", flat=True))
    for entry in ENTRIES:
        asked = {subjects.decode(ask["subject"])[1].get("type") for ask in entry.asks}
        asked |= {subjects.decode(ask.get("alternative", ""))[1].get("type") for ask in entry.asks}
        results = any(ask["subject"].startswith("results") for ask in entry.asks)
        assert not entry.stand_in or asked & codes or results, entry.id


def test_h22_names_who_was_not_visited(scene):
    (entry,) = (each for each in ENTRIES if each.id == "H22")
    entered(scene, entry.asks, entry.about)
    (standing,) = standings(scene)
    assert standing.coverage.missing_ids == {member.pk for member in scene.members}


@pytest.mark.parametrize(("invited", "warned"), [(3, "至少邀请 4 名"), (4, ""), (6, ""), (7, "至多邀请 6 名")])
def test_h19_four_to_six_are_invited(scene, invited, warned):
    talk = make.ActivityFactory(office=scene.office, type=make.activity_type("chair_talk"), state="preparing")
    found = type_warnings(talk, invited)
    assert (warned in found[0]) if warned else not found


@pytest.mark.parametrize(("days_before", "kept"), [(14, True), (13, False), (None, False)])
def test_h19_two_weeks_ahead(scene, days_before, kept):
    staff = make.PostingFactory(office=scene.office).user
    start = timezone.now() + timedelta(days=30)
    talk = make.ActivityFactory(
        office=scene.office, type=make.activity_type("chair_talk"), state="preparing", starts_at=start
    )
    if days_before is not None:
        talk.notices.create(number=1, published_at=start - timedelta(days=days_before), published_by=staff)
    (check,) = notice_rule.checks(Sight(staff, talk))
    assert check.done is kept and ("晚于" in check.text) == (days_before == 13)
