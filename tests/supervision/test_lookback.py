"""Look-back rounds: added by filter, found, counted by whose proposals they are, closed."""

from __future__ import annotations

import pytest

from core.clock import today
from core.errors import Denied, DomainError
from supervision.selectors import lookback as selectors
from supervision.services import lookback
from tests.supervision import objects as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    return make.office()


@pytest.fixture
def each(here):
    values = {"title": "党派团体提案回头看", "year": today().year, "scope": ""}
    made = lookback.create(office=here.office, values=values, by=here.staff)
    for number, kind in enumerate(("party", "party", "organisation"), 1):
        here.proposal(number, kind="collective", collective_kind=kind, collective_name="某某")
    here.proposal(4)
    here.proposal(5, state="filed")
    return made


def add(each, here, **values):
    return lookback.add(each=each, proposals=selectors.chosen(each, values), by=here.staff)


def find(case, here, finding="kept"):
    return lookback.find(case=case, finding=finding, text="看过。", day=today(), by=here.staff)


def test_the_filter_adds_what_was_handled_and_nothing_twice(each, here):
    assert add(each, here, kind="collective") == 3
    assert add(each, here) == 1
    with pytest.raises(DomainError, match="没有可以加入"):
        add(each, here)


def test_other_offices_proposals_stay_outside(each, here):
    other = make.office()
    other.proposal(1)
    assert add(each, here) == 4


def test_counts_by_proposers_are_those_of_r07(each, here):
    add(each, here)
    find(each.cases.get(proposal__case_no=1), here)
    found = {line.key[1]: (line.total, line.done) for line in selectors.by_proposers(each.cases.all())}
    assert found == {"party": (2, 1), "organisation": (1, 0), "": (1, 0)}


def test_a_round_is_closed_when_everything_was_looked_at(each, here):
    add(each, here, kind="individual")
    with pytest.raises(DomainError, match="还有 1 件"):
        lookback.close(each=each, summary="都好。", by=here.staff)
    find(each.cases.get(), here)
    assert lookback.close(each=each, summary="都好。", by=here.staff).state == "closed"
    with pytest.raises(Denied, match="已经总结"):
        find(each.cases.get(), here)


def test_what_was_looked_at_is_not_removed(each, here):
    add(each, here, kind="individual")
    with pytest.raises(DomainError, match="不能移出"):
        lookback.remove(case=find(each.cases.get(), here), by=here.staff)


def test_an_unknown_finding_names_its_field(each, here):
    add(each, here, kind="individual")
    with pytest.raises(DomainError) as wrong:
        find(each.cases.get(), here, "splendid")
    assert wrong.value.field == "finding"
