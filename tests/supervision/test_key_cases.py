"""Key proposals: named, supervised with records, finished; what the leader may do; figures."""

from __future__ import annotations

import pytest

from core.clock import Span, today
from core.errors import Denied, DomainError
from notices.models import Notice
from supervision.models import KeyCase
from supervision.selectors.key_cases import listed, supervised
from supervision.services import key_cases
from tests.supervision import objects as make

pytestmark = pytest.mark.django_db
NOBODY = {"topic": "", "leader": None, "leader_name": "", "committee": None}


@pytest.fixture
def here():
    return make.office()


def proposed(here, **values):
    year = today().year
    return key_cases.propose(proposal=here.proposal(1), year=year, values={**NOBODY, **values}, by=here.staff)


def confirmed(here):
    return key_cases.confirm(case=proposed(here, leader=here.leader), by=here.staff)


def visited(case, by, **more):
    return key_cases.add_record(case=case, day=today(), way="visit", text="走访了提案人。", by=by, **more)


def told(user):
    return list(Notice.objects.filter(recipient=user).values_list("text", flat=True))


def test_without_a_leader_it_is_not_confirmed(here):
    with pytest.raises(Denied, match="督办领导"):
        key_cases.confirm(case=proposed(here), by=here.staff)


def test_confirming_tells_the_leader_and_the_proposer(here):
    case = confirmed(here)
    assert (case.leader_name, len(told(here.leader)), len(told(here.member.user))) == (here.leader.name, 1, 1)


def test_a_proposal_is_a_key_proposal_once_a_year(here):
    case = proposed(here)
    with pytest.raises(DomainError) as wrong:
        key_cases.propose(proposal=case.proposal, year=case.year, values=NOBODY, by=here.staff)
    assert wrong.value.field == "year"


def test_the_leader_writes_what_is_to_be_done_and_others_do_not(here):
    case = confirmed(here)
    visited(case, here.leader, is_instruction=True)
    assert any("督办要求" in text for text in told(here.staff))
    for somebody in (here.judge, here.member.user):
        with pytest.raises(Denied):
            visited(case, somebody)


def test_finishing_asks_for_a_record_and_a_result(here):
    case = confirmed(here)
    with pytest.raises(DomainError, match="督办记录"):
        key_cases.finish(case=case, result="解决了。", by=here.staff)
    visited(case, here.staff)
    with pytest.raises(DomainError) as wrong:
        key_cases.finish(case=case, result=" ", by=here.staff)
    assert wrong.value.field == "result"
    assert key_cases.finish(case=case, result="解决了。", by=here.staff).state == "finished"


def test_tasks_are_late_after_their_day_and_done_with_one_press(here):
    case, day = confirmed(here), today()
    late = key_cases.set_task(case=case, what="考察", who="提案委", until=day.replace(year=day.year - 1), by=here.staff)
    assert late.is_late
    assert [row.n_late for row in listed(here.staff)] == [1]
    assert not key_cases.toggle_task(task=late, by=here.staff).is_late


def test_nothing_is_late_once_the_supervision_is_over(here):
    case, day = confirmed(here), today()
    key_cases.set_task(case=case, what="考察", who="提案委", until=day.replace(year=day.year - 1), by=here.staff)
    visited(case, here.staff)
    finished = key_cases.finish(case=case, result="解决了。", by=here.staff)
    assert not finished.tasks.get().is_late and not listed(here.staff).get().n_late


def test_only_confirmed_ones_count_and_by_the_day_they_were(here):
    confirmed(here)
    key_cases.propose(proposal=here.proposal(2), year=today().year, values=NOBODY, by=here.staff)
    found = supervised(KeyCase.objects.all(), [here.office.pk], Span.year(today().year))
    assert found.count() == 1
    assert not supervised(KeyCase.objects.all(), [here.office.pk], Span.year(today().year - 1)).exists()
