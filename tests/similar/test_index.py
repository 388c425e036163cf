"""The index follows what is handed in; who sees which hit, and what of it."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handling.models import Reply, ReplyItem
from opinions.services import Text as OpinionText
from opinions.services import write as write_opinion
from organisation.models import Rule
from proposals import services as proposing
from proposals.models import Proposal
from proposals.services import Text as ProposalText
from similar import services
from similar.models import Census, Gram, Text
from similar.selectors import Subject, look
from similar.sources import Written
from tests import factories as make

pytestmark = pytest.mark.django_db

NIGHT = {
    "subject": "关于增加夜间公交班次的提案",
    "background": "城东片区晚上八点以后没有公交，下晚班的工人和晚自习的学生步行回家，每天约有四百人。",
    "analysis": "现有线路按白天客流排班，多年没有调整，夜间乘客只好骑车。",
    "suggestions": "先在两条线路上延长公交到晚上十点，再按客流加密班次。",
}
ASKED = Written("关于延长晚间公交时间的建议", "晚上八点以后没有公交，下晚班的工人步行回家，请延长公交到晚上十点。")


def filed(world, number=7, **changes):
    base = {"office": world.offices["county"], "home_office": world.offices["town"], "session": world["session"]}
    state = {"state": "filed", "case_no": number, "filed_at": make.moment(3, 9), "member": world["member.owner"]}
    row = make.ProposalFactory(**base, **(NIGHT | state | changes))
    services.index(kind="proposals", pk=row.pk)
    return row


def hits(world, who, written=ASKED, **changes):
    return look(Subject("proposals", written, **changes), world.people[who]).hits


def test_submitting_puts_the_text_into_the_index_and_withdrawing_takes_it_out(world):
    owner = world.people["owner"]
    draft = proposing.write(text=ProposalText(category="society", **NIGHT), by=owner)
    assert not Text.objects.filter(kind="proposals", object_id=draft.pk).exists()
    proposing.submit(proposal=draft, by=owner)
    [text] = Text.objects.filter(kind="proposals", object_id=draft.pk)
    assert text.title == NIGHT["subject"] and text.grams.count() > 20
    proposing.withdraw(proposal=draft, reason="另写一件", by=owner)
    assert not Text.objects.exists() and not Gram.objects.exists()


def test_a_change_the_office_granted_is_indexed(world):
    row = filed(world)
    asked = proposing.ask_office(proposal=row, kind="change", reason="改", by=world.people["owner"],
                                 texts={"subject": "关于建设河堤护栏的提案"})  # fmt: skip
    proposing.decide(request=asked, grant=True, answer="", by=world.people["county_staff"])
    assert Text.objects.get(object_id=row.pk).title == "关于建设河堤护栏的提案"


def test_an_opinion_is_indexed_when_it_is_handed_in(world):
    text = OpinionText(title="晚上没有公交", category="livelihood", situation=NIGHT["background"] * 2,
                       suggestions=NIGHT["suggestions"])  # fmt: skip
    opinion = write_opinion(text=text, by=world.people["owner"], and_submit=True)
    assert Text.objects.get(kind="opinions").object_id == opinion.pk


def test_another_member_sees_a_line_and_nothing_more(world):
    row = filed(world)
    [hit] = hits(world, "stranger")
    assert (hit.pk, hit.readable, hit.passages, hit.year) == (row.pk, False, [], 2026)
    assert hit.face.number == row.full_case_label


@pytest.mark.parametrize("who", ["owner", "staff", "county_staff", "leader"])
def test_readers_see_the_common_passages(world, who):
    filed(world)
    [hit] = hits(world, who)
    assert hit.readable and any(common for common, _ in hit.passages[0].mine)


def test_no_line_for_what_is_not_to_be_published_or_not_filed_or_switched_off(world):
    filed(world, may_publish=False)
    filed(world, state="submitted", case_no=None, filed_at=None)
    assert hits(world, "stranger") == [] and len(hits(world, "staff")) == 2
    filed(world, number=8)
    assert len(hits(world, "stranger")) == 1
    Rule.objects.filter(key="similar.lines").update(value=False)
    assert hits(world, "stranger") == []


def test_opinions_are_the_author_s_and_the_office_s_only(world):
    row = make.OpinionFactory(office=world.offices["town"], member=world["member.owner"], title=ASKED.title,
                              situation=ASKED.body)  # fmt: skip
    services.index(kind="opinions", pk=row.pk)
    assert [len(hits(world, who)) for who in ("owner", "staff", "stranger", "colleague", "other_staff")] == [
        1,
        1,
        0,
        0,
        0,
    ]


def test_what_is_handed_in_does_not_find_itself(world):
    row = filed(world)
    assert hits(world, "owner", own=row.pk) == []


def test_the_same_member_s_own_older_text_is_told(world):
    row = filed(world)
    people = frozenset({world["member.owner"].pk})
    written = Written(NIGHT["subject"], "\n".join([NIGHT["background"], NIGHT["analysis"], NIGHT["suggestions"]]))
    found = look(Subject("proposals", written, people=people), world.people["county_staff"])
    assert [hit.pk for hit in found.repeated] == [row.pk]
    other = look(Subject("proposals", written, people=frozenset({-1})), world.people["county_staff"])
    assert other.hits and other.repeated == []


def test_the_years_in_which_it_was_raised_are_told(world):
    for year, number in ((2023, 1), (2024, 2), (2024, 3)):
        filed(world, number=10 + number, submitted_at=make.moment(3, 3).replace(year=year))
    found = look(Subject("proposals", ASKED), world.people["stranger"])
    assert found.years == [2023, 2024] and len(found.hits) == 3


def test_results_come_from_the_units_answers(world):
    row = filed(world, state="replied")
    case = row.assignments.create(unit=world["unit"], role="single", state="replied", dispatched_at=make.moment(4, 1))
    reply = Reply.objects.create(assignment=case, state="passed", category="B", body="某某委员：已调整。",
                                 passed_at=make.moment(5, 1))  # fmt: skip
    ReplyItem.objects.create(reply=reply, kind="done", text="延长一条线路")
    [hit] = hits(world, "stranger")
    [result] = hit.results
    assert (result.unit, result.outcome, result.summary) == ("县交通局", "B 正在解决或列入计划", "已落实 1 项")


def test_a_lookup_costs_the_same_queries_with_one_hit_and_with_three(world):
    filed(world)
    counts = [queries(world)]
    filed(world, number=8), filed(world, number=9)
    assert [*counts, queries(world)] == [counts[0]] * 2 and counts[0] <= 40


def queries(world):
    user = type(world.people["stranger"]).objects.get(username="stranger")
    with CaptureQueriesContext(connection) as caught:
        assert look(Subject("proposals", ASKED), user).hits
    return len(caught)


def test_a_rebuild_keeps_the_received_ones_and_forgets_what_is_gone(world, capsys):
    row = filed(world)
    Text.objects.create(kind="proposals", object_id=987654321, title="已经没有的")
    call_command("similar_rebuild")
    kept = set(Text.objects.filter(kind="proposals").values_list("object_id", flat=True))
    assert row.pk in kept and 987654321 not in kept
    assert not kept & set(Proposal.objects.filter(state__in=["draft", "withdrawn"]).values_list("pk", flat=True))
    assert Census.objects.get().texts == Text.objects.count()
    assert [hit.pk for hit in hits(world, "stranger")][:1] == [row.pk]


def test_a_rebuild_twice_changes_nothing(world, capsys):
    filed(world)
    indexes = []
    for _ in range(2):
        call_command("similar_rebuild", "proposals")
        indexes.append(set(Gram.objects.values_list("text__object_id", "value")))
    assert indexes[0] == indexes[1] != set()
