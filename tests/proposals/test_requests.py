"""After the office has taken it up: asking for a change or for 撤案, granted or refused."""

import pytest
from django.db.models import Max

from core import textversions
from core.errors import Denied, DomainError, StateChanged
from notices.models import Notice
from notices.todos import waiting_for
from proposals import services
from proposals.models import ChangeRequest, Proposal
from proposals.workflow import FLOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def filed(world):
    return world["proposal.filed"]


@pytest.fixture
def owner(world):
    return world.people["owner"]


@pytest.fixture
def clerk(world):
    return world.people["county_staff"]


def told(person):
    return " ".join(Notice.objects.filter(recipient=person).values_list("text", flat=True))


def change(filed, owner, suggestions="建议增设五处站点。"):
    texts = {"subject": filed.subject, "background": filed.background, "analysis": filed.analysis,
             "suggestions": suggestions}  # fmt: skip
    return services.ask_office(proposal=filed, kind="change", texts=texts, reason="数字写错了", by=owner)


def test_a_change_is_asked_for_on_a_copy_and_shown_as_a_difference(filed, owner, clerk, sign_in):
    data = {"subject": filed.subject, "background": filed.background, "analysis": filed.analysis,
            "suggestions": "建议增设五处站点。", "reason": "数字写错了"}  # fmt: skip
    sign_in("owner").post(f"/proposals/{filed.pk}/ask/change/", data)
    asked = ChangeRequest.objects.get(state="requested")
    assert asked.texts == {"suggestions": "建议增设五处站点。"}
    assert Proposal.objects.get(pk=filed.pk).suggestions == "建议增设三处站点。"
    html = sign_in("county_staff").get(f"/proposals/requests/{asked.pk}/").content.decode()
    assert "删去：</span>三" in html and "增加：</span>五" in html and "数字写错了" in html
    assert "等您答复的修改、撤案申请" in [todo.label for todo in waiting_for(clerk)] and "申请修改正文" in told(clerk)


def test_granting_replaces_the_text_and_keeps_the_old_version(filed, owner, clerk, sign_in):
    asked = change(filed, owner)
    sign_in("county_staff").post(f"/proposals/requests/{asked.pk}/", {"intent": "grant"})
    now = Proposal.objects.get(pk=filed.pk)
    assert (now.suggestions, now.state, now.case_no) == ("建议增设五处站点。", "filed", 1)
    newest, before = textversions.of(now)
    assert (newest.note, before.texts["suggestions"]) == ("经办公室同意修改", "建议增设三处站点。")
    assert "办公室同意修改正文" in told(owner)
    assert "同意" in sign_in("owner").get(filed.get_absolute_url()).content.decode()


def test_refusing_needs_a_reason_and_changes_nothing(filed, owner, clerk, sign_in):
    asked, page = change(filed, owner), sign_in("county_staff")
    url = f"/proposals/requests/{asked.pk}/"
    refused = page.post(url, {"intent": "refuse"})
    assert refused.status_code == 409 and "请写明不同意的理由" in refused.content.decode()
    page.post(url, {"intent": "refuse", "answer": "与原意不符"})
    assert Proposal.objects.get(pk=filed.pk).suggestions == "建议增设三处站点。" and "与原意不符" in told(owner)


def test_a_granted_withdrawal_keeps_the_number_used(filed, owner, clerk, world):
    asked = services.ask_office(proposal=filed, kind="withdraw", reason="已经解决", by=owner)
    services.decide(request=asked, grant=True, answer="", by=clerk)
    now = Proposal.objects.get(pk=filed.pk)
    assert (now.state, now.case_no) == ("withdrawn", 1)
    highest = Proposal.objects.filter(session=filed.session).aggregate(last=Max("case_no"))["last"]
    later = services.file_case(proposal=world["proposal.submitted"], category="society", by=clerk)
    assert later.case_no == highest + 1 and Proposal.objects.get(pk=filed.pk).case_no == 1


def test_one_request_at_a_time(filed, owner):
    change(filed, owner)
    with pytest.raises(DomainError, match="已经有一份申请"):
        services.ask_office(proposal=filed, kind="withdraw", reason="不要了", by=owner)


def test_an_answered_request_is_not_answered_again(filed, owner, clerk):
    asked = change(filed, owner)
    services.decide(request=asked, grant=False, answer="不必", by=clerk)
    with pytest.raises(StateChanged, match="已经有结果"):
        services.decide(request=asked, grant=True, answer="", by=clerk)


def test_what_went_on_too_far_meanwhile_can_only_be_refused(filed, owner, clerk):
    asked = services.ask_office(proposal=filed, kind="withdraw", reason="已经解决", by=owner)
    with FLOW.step(filed, "dispatch", by=clerk):
        pass
    with pytest.raises(StateChanged, match="不能再撤案"):
        services.decide(request=asked, grant=True, answer="", by=clerk)
    assert services.decide(request=asked, grant=False, answer="已经交办", by=clerk).state == "refused"


def test_an_unchanged_text_is_no_request(filed, owner):
    with pytest.raises(DomainError, match="正文没有改动"):
        change(filed, owner, suggestions=filed.suggestions)


def test_the_states_decide_what_may_be_asked(world, owner):
    with pytest.raises(Denied, match="不能申请撤案"):
        services.ask_office(proposal=world["proposal.submitted"], kind="withdraw", reason="不要了", by=owner)


def test_only_the_first_proposer_asks_and_only_the_office_answers(filed, owner, world):
    with pytest.raises(Denied):
        services.ask_office(proposal=filed, kind="withdraw", reason="不要了", by=world.people["colleague"])
    asked = change(filed, owner)
    for key in ("owner", "staff", "leader"):
        with pytest.raises(Denied):
            services.decide(request=asked, grant=True, answer="", by=world.people[key])
