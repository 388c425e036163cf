"""Returning, filing, withdrawing: who may, what is asked, who is told."""

import pytest

from core.errors import Denied, DomainError, StateChanged
from notices.models import Notice
from notices.todos import waiting_for
from proposals import services
from proposals.models import Proposal

pytestmark = pytest.mark.django_db


@pytest.fixture
def submitted(world):
    return world["proposal.submitted"]


@pytest.fixture
def clerk(world):
    return world.people["county_staff"]


def step(proposal, name):
    return f"/proposals/{proposal.pk}/act/{name}/"


def told(person):
    return " ".join(Notice.objects.filter(recipient=person).values_list("text", flat=True))


def test_filing_confirms_the_category_and_gives_the_next_number(sign_in, submitted, world, next_case):
    page = sign_in("county_staff").post(step(submitted, "file"), {"category": "ecology"}, follow=True)
    submitted.refresh_from_db()
    assert (submitted.state, submitted.category, submitted.case_no) == ("filed", "ecology", next_case)
    number = f"十届五次会议第{next_case}号"
    assert submitted.full_case_label == number
    assert number in page.content.decode() and "已立案" in page.content.decode()
    assert number in told(world.people["owner"])


def test_filing_needs_a_category_of_the_list(submitted, clerk):
    with pytest.raises(DomainError, match="请选择“分类”"):
        services.file_case(proposal=submitted, category="nonsense", by=clerk)
    assert not Proposal.objects.filter(pk=submitted.pk, case_no__isnull=False).exists()


def test_returning_shows_the_reason_to_the_proposer(sign_in, submitted, world):
    data = {"listed": "suggestions_vague", "words": "请写明由哪个部门负责。"}
    sign_in("county_staff").post(step(submitted, "return"), data)
    html = sign_in("owner").get(submitted.get_absolute_url()).content.decode()
    assert "建议不够具体" in html and "请写明由哪个部门负责" in html and "修改提案" in html
    assert "需要修改后重新提交" in told(world.people["owner"])


def test_returning_without_any_reason_is_refused(sign_in, submitted):
    response = sign_in("county_staff").post(step(submitted, "return"), {})
    assert response.status_code == 422 and "请选一条常用理由" in response.content.decode()


def test_a_returned_proposal_comes_back_with_its_first_time_and_session(sign_in, submitted, world, clerk, post):
    first = submitted.submitted_at
    services.return_for_changes(proposal=submitted, reason="请补充", by=clerk)
    sign_in("owner").post(f"/proposals/{submitted.pk}/edit/", post(version="1"))
    submitted.refresh_from_db()
    assert (submitted.state, submitted.submitted_at) == ("submitted", first)
    assert submitted.subject == "关于增加夜间公交班次的提案"


def test_a_withdrawn_proposal_is_gone_for_the_office_and_kept_for_the_member(sign_in, submitted, clerk):
    sign_in("owner").post(step(submitted, "withdraw"), {"reason": "想再核实数据"})
    assert sign_in("county_staff").get(submitted.get_absolute_url()).status_code == 404
    assert "想再核实数据" in sign_in("owner").get(submitted.get_absolute_url()).content.decode()
    assert "撤回了提案" in told(clerk)


def test_withdrawing_asks_for_the_cause(sign_in, submitted):
    sign_in("owner").post(step(submitted, "withdraw"), {"reason": "  "})
    assert Proposal.objects.get(pk=submitted.pk).state == "submitted"


def test_a_filed_proposal_cannot_be_withdrawn(world):
    with pytest.raises(StateChanged, match="已立案"):
        services.withdraw(proposal=world["proposal.filed"], reason="不要了", by=world.people["owner"])


def test_the_second_of_two_clerks_is_told(submitted, clerk, world):
    services.file_case(proposal=submitted, category="society", by=clerk)
    stale = Proposal.objects.get(pk=submitted.pk)
    with pytest.raises(StateChanged):
        services.return_for_changes(proposal=stale, reason="请补充", by=world.people["county_head"])


@pytest.mark.parametrize("person", ["staff", "leader", "owner", "stranger", "other_staff"])
def test_only_the_receiving_office_files(person, submitted, world):
    with pytest.raises(Denied):
        services.file_case(proposal=submitted, category="society", by=world.people[person])


def test_township_staff_see_the_buttons_with_the_reason_why_not(sign_in, submitted):
    html = sign_in("staff").get(submitted.get_absolute_url()).content.decode()
    assert "由其他办公室负责" in html and "立案" in html


def test_the_member_sees_only_what_a_member_can_do(sign_in, submitted):
    html = sign_in("owner").get(submitted.get_absolute_url()).content.decode()
    assert "撤回提案" in html and "立案</" not in html and "查看回执" in html


def test_to_dos_of_clerk_and_member(world):
    labels = {todo.label: todo.count for todo in waiting_for(world.people["county_staff"])}
    assert labels["待审查的提案"] == 1
    mine = {todo.label: todo.count for todo in waiting_for(world.people["owner"])}
    assert mine["退回给您修改的提案"] == 1


def test_an_action_that_can_no_longer_start_leads_back_with_a_sentence(sign_in, world):
    page = sign_in("county_staff").get(step(world["proposal.filed"], "return"), follow=True)
    assert "现在是“已立案”，不能再“退回修改”" in page.content.decode()


def test_another_members_draft_answers_like_a_missing_one(sign_in, world):
    browser, draft = sign_in("colleague"), world["proposal.draft"]
    for path in ("", "edit/", "receipt/", "act/withdraw/"):
        foreign = browser.get(f"/proposals/{draft.pk}/{path}")
        missing = browser.get(f"/proposals/987654/{path}")
        assert foreign.status_code == missing.status_code == 404
        assert foreign.content.split(b"<main")[1] == missing.content.split(b"<main")[1]
