"""Elections: places, ballots, ties at the border, who approves, who is told."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from core.clock import today
from core.errors import Denied, DomainError
from notices.models import Notice
from supervision.selectors import elections as selectors
from supervision.services import elections
from tests.supervision import objects as make

VALUES = {"title": "优秀提案", "year": 0, "procedure": "", "quota_kind": "number", "quota": 1, "quota_text": "",
          "voting": "ballots"}  # fmt: skip


@pytest.fixture
def here(db):
    return make.office()


def election(here, nominated=3, **values):
    given = {**VALUES, "year": today().year, **values}
    judges = [here.leader, here.judge]
    made = elections.create(office=here.office, kind="proposals", values=given, judges=judges, by=here.staff)
    for number in range(1, nominated + 1):
        elections.nominate(election=made, pk=here.proposal(number).pk, reason="已解决。", by=here.staff)
    return made


def judging(here, **values):
    return elections.judge(election=election(here, **values), by=here.staff)


def vote(made, by, *places):
    rows = list(made.nominations.all())
    elections.vote(election=made, chosen={rows[place].pk for place in places}, by=by)


def choose(made, here, *places):
    rows = list(made.nominations.all())
    return elections.count(election=made, votes={}, elected={rows[place].pk for place in places}, by=here.staff)


@pytest.mark.parametrize(
    "votes, most, within, tied",
    [
        ([5, 3, 1], 1, [True, False, False], [False] * 3),
        ([5, 5, 1], 1, [True, False, False], [True, True, False]),
        ([5, 4, 4, 4], 2, [True, True, False, False], [False, True, True, True]),
        ([5, 5], 2, [True, True], [False, False]),
        ([0, 0], 1, [False, False], [False, False]),
        ([3], 5, [True], [False]),
    ],
)
def test_ties_at_the_border_are_shown_and_not_decided(votes, most, within, tied):
    lines = selectors.ranked([(number, SimpleNamespace(pk=at)) for at, number in enumerate(votes)], most)
    assert ([line.within for line in lines], [line.tied for line in lines]) == (within, tied)


def test_per_cent_is_of_the_candidates_rounded_down_at_least_one(here):
    made = election(here, nominated=0, quota_kind="percent", quota=5)
    assert selectors.places(made) == 1
    for number in range(1, 48):
        here.proposal(number)
    assert selectors.places(made) == 2


def test_a_judge_may_vote_anew_within_the_places_and_others_may_not(here):
    made = judging(here)
    vote(made, here.judge, 0)
    vote(made, here.judge, 1)
    assert [line.votes for line in selectors.tally(made)] == [1, 0, 0]
    with pytest.raises(DomainError, match="最多投 1 票"):
        vote(made, here.judge, 0, 1)
    with pytest.raises(Denied):
        vote(made, here.staff, 0)


def test_nobody_votes_for_a_proposal_of_his_own(here):
    made = judging(here)
    here.member.user = here.judge
    here.member.save()
    with pytest.raises(DomainError, match="自己"):
        vote(made, here.judge, 0)


def test_the_list_keeps_to_the_places(here):
    with pytest.raises(DomainError, match="名额是 1 个"):
        choose(judging(here), here, 0, 1)


def test_a_head_or_leader_publishes_and_the_proposer_is_told(here):
    made = judging(here)
    with pytest.raises(Denied, match="拟入选名单"):
        elections.move(election=made, step="deliberate", by=here.staff)
    choose(made, here, 0)
    elections.move(election=made, step="deliberate", by=here.staff)
    with pytest.raises(Denied):
        elections.publish(election=made, by=here.staff)
    done = elections.publish(election=made, by=here.head)
    assert (done.state, done.approved_by) == ("published", here.head)
    assert Notice.objects.filter(recipient=here.member.user, text__startswith="祝贺").count() == 1
    with pytest.raises(Denied, match="已经公布"):
        elections.update(election=made, values={**VALUES, "year": today().year}, judges=[], by=here.staff)


def test_judges_stay_while_votes_are_cast(here):
    made = judging(here)
    with pytest.raises(DomainError) as wrong:
        elections.update(election=made, values={**VALUES, "year": today().year}, judges=[here.judge], by=here.staff)
    assert wrong.value.field == "judges"


def test_figures_speak_for_a_proposal(here):
    made = election(here, nominated=1)
    other = here.proposal(9)
    reply = make.handled.a_reply(make.handled.a_row(other, here.unit, "done"), "passed", here.staff)
    type(reply).objects.filter(pk=reply.pk).update(category="A")
    (found,) = selectors.suggested(made)
    assert (found.candidate, found.reason) == (other, "答复类别为 A。")
