"""Merging: every proposer is kept, numbers stay used, the lead says what was merged into it."""

import pytest

from core.errors import Denied, DomainError, StateChanged
from notices.models import Notice
from proposals import services
from proposals.models import Proposal
from proposals.services.leaving import leavers
from proposals.workflow import FLOW
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(world):
    return world.people["county_staff"]


@pytest.fixture
def add(world):
    def proposal(who="stranger", **values):
        member = world[f"member.{who}"]
        base = {"office": world.offices["county"], "home_office": member.office, "session": world["session"]}
        return make.ProposalFactory(**{**base, "category": "society", **values}, member=member)

    return proposal


def fresh(proposal):
    return Proposal.objects.get(pk=proposal.pk)


def told(person):
    return " ".join(Notice.objects.filter(recipient=person).values_list("text", flat=True))


def test_each_keeps_its_proposers_and_both_sides_are_told(sign_in, add, world, clerk):
    lead, other = world["proposal.filed"], add(subject="关于夜间公交的提案")
    sign_in("county_staff").post(f"/proposals/{other.pk}/act/merge/", {"into": lead.pk, "words": "同一条线路"})
    row = fresh(other)
    assert (row.state, row.merged_into, row.case_no) == ("merged", lead, None) and row.filed_at
    assert [each.member for each in row.proposers.all()] == [world["member.stranger"]]
    assert "会分别答复" in told(world.people["stranger"]) and "并入您的提案" in told(world.people["owner"])
    merged = sign_in("stranger").get(row.get_absolute_url()).content.decode()
    assert "第1号" in merged and "会单独答复您" in merged and f'href="{lead.get_absolute_url()}"' not in merged
    assert "关于夜间公交的提案" in sign_in("county_staff").get(lead.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("state", "sentence"),
    [("replied", "不能再并入"), ("closed", "不能再并入"), ("not_filed", "不能再并入"), ("returned", "不能再并入"),
     ("withdrawn", "不能再并入")],
)  # fmt: skip
def test_what_is_answered_or_out_cannot_lead(state, sentence, add, clerk):
    numbered = {"case_no": 9, "filed_at": make.moment(3, 9)} if state in ("replied", "closed") else {}
    with pytest.raises(DomainError, match=sentence):
        services.merge(proposal=add(), into=add(state=state, **numbered), by=clerk)


def test_itself_another_session_or_a_merged_one_cannot_lead(add, world, clerk):
    session = make.SessionFactory(term=world["session"].term, number=6, name="十届六次会议")
    first, merged = add(), add()
    services.merge(proposal=merged, into=first, by=clerk)
    for lead, sentence in ((first, "它自己"), (add(session=session), "同一届次"), (merged, "请直接选那一件")):
        with pytest.raises(DomainError, match=sentence):
            services.merge(proposal=first, into=lead, by=clerk)


def test_what_was_merged_comes_along_to_the_new_lead(add, clerk):
    child, middle, lead = add(), add(), add()
    services.merge(proposal=child, into=middle, by=clerk)
    services.merge(proposal=middle, into=lead, by=clerk)
    assert fresh(child).merged_into == fresh(middle).merged_into == lead
    assert set(lead.merged.all()) == {child, middle}


def test_a_lead_stays_while_others_are_merged_into_it(add, clerk, world, next_case):
    lead = add()
    services.merge(proposal=add(), into=lead, by=clerk)
    for act in (lambda: services.not_file(proposal=lead, ground="empty", by=clerk),
                lambda: services.return_for_changes(proposal=lead, reason="改", by=clerk),
                lambda: services.withdraw(proposal=lead, reason="不要了", by=world.people["stranger"])):  # fmt: skip
        with pytest.raises(Denied, match="请先撤销并案"):
            act()
    assert services.file_case(proposal=lead, category="society", by=clerk).case_no == next_case


def test_unmerging_leads_back_to_the_review_and_keeps_an_own_number(add, clerk, next_case):
    lead, plain = add(), add()
    numbered = services.file_case(proposal=add(), category="society", by=clerk)
    for each in (plain, numbered):
        services.merge(proposal=each, into=lead, by=clerk)
        services.unmerge(proposal=each, reason="内容不同", by=clerk)
    assert (fresh(plain).state, fresh(plain).filed_at, fresh(plain).merged_into) == ("review", None, None)
    assert (fresh(numbered).state, fresh(numbered).case_no) == ("review", next_case)
    assert services.file_case(proposal=numbered, category="society", by=clerk).case_no == next_case
    assert services.file_case(proposal=plain, category="society", by=clerk).case_no == next_case + 1


def test_after_the_answer_it_stays_merged(add, clerk, world):
    lead, other = world["proposal.filed"], add()
    services.merge(proposal=other, into=lead, by=clerk)
    for name in ("dispatch", "reply"):
        with FLOW.step(lead, name, by=clerk):
            pass
    with pytest.raises(DomainError, match="不能再撤销并案"):
        services.unmerge(proposal=other, reason="内容不同", by=clerk)


def test_apps_above_clear_up_behind_what_leaves(add, clerk, world):
    gone = []
    leavers.register("test", lambda proposal, by: gone.append(proposal.pk))
    try:
        other = add()
        services.merge(proposal=other, into=world["proposal.filed"], by=clerk)
    finally:
        del leavers._entries["test"]
    assert gone == [other.pk]


def test_nobody_merges_into_a_case_of_their_own(add, world):
    both = world.people["owner"]
    make.PostingFactory(user=both, office=world.offices["county"], role="staff")
    with pytest.raises(Denied):
        services.merge(proposal=add(), into=world["proposal.filed"], by=both)


def test_two_at_once_the_second_is_told(add, clerk):
    lead, other = add(), add()
    stale = fresh(other)
    services.merge(proposal=other, into=lead, by=clerk)
    with pytest.raises(StateChanged):
        services.merge(proposal=stale, into=lead, by=clerk)
