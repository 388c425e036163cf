"""Who signs: co-signers invited, accepting, leaving; the order of names; the convenor of a collective proposal."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from core.clock import today
from core.errors import Denied, DomainError, StateChanged
from notices.models import Notice
from notices.todos import waiting_for
from proposals import selectors, services
from proposals.enums import InvitationState as I
from proposals.models import Invitation, Proposal
from tests import factories as make

pytestmark = pytest.mark.django_db
LONG = ("关于河堤护栏的提案", "society", "情" * 30, "析" * 30, "议" * 30)


@pytest.fixture
def owner(world):
    return world.people["owner"]


@pytest.fixture
def colleague(world):
    return world.people["colleague"]


@pytest.fixture
def stranger(world):
    return world.people["stranger"]


def told(person):
    return " ".join(Notice.objects.filter(recipient=person).values_list("text", flat=True))


def names(proposal):
    rows = Proposal.objects.get(pk=proposal.pk).proposers.select_related("member__user")
    return [row.member.user.username for row in rows]


def text(**changes):
    return replace(services.Text(*LONG, kind="joint"), **changes)


@pytest.fixture
def joint(owner):
    return services.write(text=text(), by=owner)


@pytest.fixture
def asked(joint, world, owner):
    """colleague and stranger are asked, in this order."""
    members = [world["member.colleague"].pk, world["member.stranger"].pk]
    for pk in members:
        services.choose(proposal=joint, members=[pk], by=owner)
    services.invite(proposal=joint, until=today() + timedelta(days=3), by=owner)
    return joint


def row(proposal, user):
    return Invitation.objects.get(proposal=proposal, member__user=user)


# --- asking --------------------------------------------------------------------------------------------------------
def test_members_of_every_office_are_found_by_name_pinyin_and_initials(joint, sign_in):
    page = sign_in("owner")
    for query in ("欧阳", "ouyang", "OYY"):
        html = page.get(f"/proposals/{joint.pk}/people/", {"q": query}).content.decode()
        assert "欧阳玥" in html and "南门街道联络处" in html
    assert "没有找到" in page.get(f"/proposals/{joint.pk}/people/", {"q": "13900000001"}).content.decode()


def test_choosing_by_sending_forms_and_inviting_locks_the_text(joint, world, sign_in, owner):
    page, url = sign_in("owner"), f"/proposals/{joint.pk}/people/"
    page.post(url, {"do": "add", "pick": [world["member.colleague"].pk]})
    assert (row(joint, world.people["colleague"]).state, told(world.people["colleague"])) == (I.CHOSEN, "")
    answer = page.post(f"/proposals/{joint.pk}/act/invite/", {"until": str(today() + timedelta(days=2))}, follow=True)
    assert "邀请已发出" in answer.content.decode()
    assert "请您联名提案《关于河堤护栏的提案》" in told(world.people["colleague"])
    with pytest.raises(Denied, match="正文已锁定"):
        services.write(proposal=joint, text=text(subject="别的"), by=owner)


def test_an_invitation_ends_in_the_last_minute_of_its_day(asked, colleague):
    until = timezone.localtime(row(asked, colleague).expires_at)
    assert (until.date(), until.hour, until.minute) == (today() + timedelta(days=3), 23, 59)


def test_nobody_is_asked_about_an_unfinished_text(owner, world):
    short = services.write(text=services.Text("半截", kind="joint"), by=owner)
    services.choose(proposal=short, members=[world["member.colleague"].pk], by=owner)
    with pytest.raises(DomainError, match="请选择“分类”"):
        services.invite(proposal=short, until=today(), by=owner)


def test_the_lead_cannot_be_asked_and_nobody_twice(asked, world, owner):
    for key in ("owner", "colleague"):
        with pytest.raises(DomainError, match="请先勾选委员"):
            services.choose(proposal=asked, members=[world[f"member.{key}"].pk], by=owner)


# --- answering -----------------------------------------------------------------------------------------------------
def test_accepting_makes_a_proposer_and_tells_the_lead(asked, colleague, owner, sign_in):
    page = sign_in("colleague")
    assert "请您联名" in page.get(asked.get_absolute_url()).content.decode()
    page.post(f"/proposals/{asked.pk}/answer/", {"do": "accept", "remark": "很需要"})
    assert names(asked) == ["owner", "colleague"]
    assert row(asked, colleague).remark == "很需要" and row(asked, colleague).signed_version == 1
    assert "同意联名提案" in told(owner) and "还有 1 人没有答复" in told(owner)


def test_the_invited_see_it_among_what_waits_and_on_their_list(asked, colleague, sign_in):
    assert "请您联名或签署的提案" in [todo.label for todo in waiting_for(colleague)]
    html = sign_in("colleague").get("/proposals/mine/").content.decode()
    assert "请您联名" in html and "关于河堤护栏的提案" in html


def test_after_declining_the_proposal_is_out_of_sight(asked, colleague, owner, sign_in):
    sign_in("colleague").post(f"/proposals/{asked.pk}/answer/", {"do": "decline", "remark": "不熟悉"})
    assert not Proposal.objects.visible_to(colleague).filter(pk=asked.pk).exists()
    assert "谢绝联名" in told(owner) and names(asked) == ["owner"]


def test_an_expired_invitation_can_not_be_accepted_and_is_called_expired(asked, colleague, sign_in):
    Invitation.objects.filter(proposal=asked).update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(DomainError, match="截止，不能再答复"):
        services.accept(proposal=asked, remark="", by=colleague)
    assert row(asked, colleague).state_label == "逾期未确认"
    assert "邀请已于" in sign_in("colleague").get(asked.get_absolute_url()).content.decode()
    assert not selectors.asked_of(colleague).filter(pk=asked.pk).exists()


def test_a_recalled_invitation_can_not_be_accepted(asked, colleague, owner):
    services.drop(proposal=asked, invitation=row(asked, colleague).pk, by=owner)
    assert "撤回了请您联名" in told(colleague)
    with pytest.raises(StateChanged, match="已撤回邀请"):
        services.accept(proposal=asked, remark="", by=colleague)


def test_who_signed_can_not_be_put_out_by_the_lead(asked, colleague, owner):
    services.accept(proposal=asked, remark="", by=colleague)
    with pytest.raises(DomainError, match="不能移出"):
        services.drop(proposal=asked, invitation=row(asked, colleague).pk, by=owner)


def test_reminding_is_throttled(asked, colleague, owner):
    pk = row(asked, colleague).pk
    services.remind(proposal=asked, invitation=pk, by=owner)
    with pytest.raises(DomainError, match="24 小时内不再提醒"):
        services.remind(proposal=asked, invitation=pk, by=owner)
    assert told(colleague).count("提醒：") == 1


def test_nobody_answers_for_somebody_else(asked, world):
    with pytest.raises(Denied, match="没有请您联名"):
        services.accept(proposal=asked, remark="", by=world.people["county_staff"])


# --- names stay ----------------------------------------------------------------------------------------------------
def test_a_draft_never_loses_a_co_signer(asked, colleague, stranger, owner):
    services.accept(proposal=asked, remark="", by=colleague)
    services.reopen(proposal=asked, by=owner)
    services.write(proposal=asked, text=text(subject="关于河堤护栏和台阶的提案"), by=owner)
    with pytest.raises(DomainError, match="不能改为别的类别"):
        services.write(proposal=asked, text=services.Text(*LONG), by=owner)
    assert names(asked) == ["owner", "colleague"]
    assert row(asked, stranger).state == I.CHOSEN


def test_returned_and_handed_in_again_keeps_the_names(asked, colleague, owner, world):
    services.accept(proposal=asked, remark="", by=colleague)
    services.submit(proposal=asked, by=owner)
    services.return_for_changes(proposal=asked, reason="补充", by=world.people["county_staff"])
    services.write(proposal=asked, text=text(), by=owner, and_submit=True)
    assert names(asked) == ["owner", "colleague"]


def test_taken_back_after_a_return_it_is_a_returned_one_again(asked, colleague, stranger, owner, world):
    services.accept(proposal=asked, remark="", by=colleague)
    services.submit(proposal=asked, by=owner)
    services.return_for_changes(proposal=asked, reason="请补充数字", by=world.people["county_staff"])
    services.choose(proposal=asked, members=[world["member.stranger"].pk], by=owner)
    services.invite(proposal=asked, until=today(), by=owner)
    services.reopen(proposal=asked, by=owner)
    assert Proposal.objects.get(pk=asked.pk).state == "returned"


def test_a_changed_text_is_shown_to_who_signed_and_the_signature_can_be_taken_back(asked, colleague, owner, sign_in):
    services.accept(proposal=asked, remark="", by=colleague)
    services.reopen(proposal=asked, by=owner)
    services.write(proposal=asked, text=services.Text(*LONG[:4], "改" * 30, kind="joint"), by=owner)
    services.submit(proposal=asked, by=owner)
    assert told(colleague).count("正文有改动") == 1 and "正文在您同意以后有改动" in told(colleague)
    html = sign_in("colleague").get(asked.get_absolute_url()).content.decode()
    assert "签名后正文有改动" in html and f"增加：</span>{'改' * 30}" in html
    assert list(selectors.changed_since_signed(colleague)) == [asked]
    services.leave(proposal=asked, by=colleague)
    assert names(asked) == ["owner"] and "退出了" in told(owner)


def test_confirming_ends_the_question(asked, colleague, owner, sign_in):
    services.accept(proposal=asked, remark="", by=colleague)
    services.reopen(proposal=asked, by=owner)
    services.write(proposal=asked, text=text(subject="关于河堤护栏更换的提案"), by=owner)
    sign_in("colleague").post(f"/proposals/{asked.pk}/answer/", {"do": "confirm"})
    assert not selectors.changed_since_signed(colleague).exists()
    assert "签名后正文有改动" not in sign_in("colleague").get(asked.get_absolute_url()).content.decode()


def test_after_filing_the_list_is_frozen(asked, colleague, owner, world):
    services.accept(proposal=asked, remark="", by=colleague)
    services.submit(proposal=asked, by=owner)
    services.file_case(proposal=asked, category="society", by=world.people["county_staff"])
    with pytest.raises(Denied, match="名单不能再改"):
        services.leave(proposal=asked, by=colleague)
    with pytest.raises(Denied):
        services.move_up(proposal=asked, invitation=row(asked, colleague).pk, by=owner)


def test_the_first_proposer_does_not_leave(asked, owner):
    with pytest.raises(Denied, match="可以撤回提案"):
        services.leave(proposal=asked, by=owner)


def test_the_lead_sets_the_order_of_the_names(asked, colleague, stranger, owner):
    for user in (colleague, stranger):
        services.accept(proposal=asked, remark="", by=user)
    assert names(asked) == ["owner", "colleague", "stranger"]
    services.move_up(proposal=asked, invitation=row(asked, stranger).pk, by=owner)
    assert names(asked) == ["owner", "stranger", "colleague"]
    with pytest.raises(Denied):
        services.move_up(proposal=asked, invitation=row(asked, colleague).pk, by=colleague)


def test_choosing_people_does_not_touch_the_version_of_the_text(joint, world, owner):
    services.choose(proposal=joint, members=[world["member.colleague"].pk], by=owner)
    services.write(proposal=joint, text=text(subject="关于护栏的提案"), version=1, by=owner)
    assert Proposal.objects.get(pk=joint.pk).subject == "关于护栏的提案"


# --- handing in ----------------------------------------------------------------------------------------------------
def test_handing_in_lets_open_invitations_lapse_and_says_so_beforehand(asked, colleague, stranger, owner, sign_in):
    services.accept(proposal=asked, remark="", by=colleague)
    page = sign_in("owner")
    assert "欧阳玥还没有确认。现在提交" in page.get(f"/proposals/{asked.pk}/people/").content.decode()
    page.post(f"/proposals/{asked.pk}/act/submit/")
    assert (Proposal.objects.get(pk=asked.pk).state, row(asked, stranger).state) == ("submitted", I.EXPIRED)
    with pytest.raises(StateChanged):
        services.accept(proposal=asked, remark="", by=stranger)


def test_a_joint_proposal_nobody_signed_is_not_handed_in(joint, owner):
    with pytest.raises(DomainError, match="还没有人同意联名"):
        services.submit(proposal=joint, by=owner)


def test_the_writing_page_of_a_joint_proposal_leads_to_choosing_people(sign_in, post):
    answer = sign_in("owner").post("/proposals/new/", post(kind="joint"))
    newest = Proposal.objects.order_by("-pk").first()
    assert (answer.url, newest.state) == (f"/proposals/{newest.pk}/people/", "draft")


# --- collective ----------------------------------------------------------------------------------------------------
@pytest.fixture
def collective(owner, world):
    given = services.Text(*LONG, kind="collective", collective_kind="sector", collective_name="县政协农业界")
    proposal = services.write(text=given, by=owner)
    services.name_convenor(proposal=proposal, member=world["member.stranger"].pk, by=owner)
    return services.to_convenor(proposal=Proposal.objects.get(pk=proposal.pk), by=owner)


def test_the_convenor_signs_and_thereby_hands_it_in(collective, stranger, owner, sign_in):
    assert "请您以召集人身份签署" in told(stranger)
    sign_in("stranger").post(f"/proposals/{collective.pk}/act/sign/")
    signed = Proposal.objects.get(pk=collective.pk)
    assert signed.state == "submitted" and signed.signed_at and signed.serial_no and signed.session
    assert signed.proposers_label == "县政协农业界" and "已签署" in told(owner)


def test_the_convenor_may_say_no_with_a_reason(collective, stranger, owner):
    with pytest.raises(DomainError, match="请填写不同意的理由"):
        services.decline_sign(proposal=collective, reason=" ", by=stranger)
    services.decline_sign(proposal=collective, reason="要先开会商量", by=stranger)
    assert Proposal.objects.get(pk=collective.pk).state == "draft" and "要先开会商量" in told(owner)


def test_only_the_convenor_signs(collective, owner, colleague):
    for somebody in (owner, colleague):
        with pytest.raises(Denied, match="由召集人办理"):
            services.sign(proposal=collective, by=somebody)


def test_a_collective_proposal_names_its_body_and_its_convenor(owner):
    nameless = services.write(text=services.Text(*LONG, kind="collective"), by=owner)
    with pytest.raises(DomainError, match="请选择“集体类型”"):
        services.to_convenor(proposal=nameless, by=owner)
    named = services.Text(*LONG, kind="collective", collective_kind="party", collective_name="某党派支部")
    services.write(proposal=nameless, text=named, by=owner)
    with pytest.raises(DomainError, match="还没有选召集人"):
        services.to_convenor(proposal=nameless, by=owner)


def test_the_writer_alone_can_not_hand_in_a_collective_proposal(collective, owner):
    services.reopen(proposal=collective, by=owner)
    with pytest.raises(Denied, match="先送召集人签署"):
        services.submit(proposal=collective, by=owner)


def test_the_page_of_a_convenor_offers_signing_only(collective, sign_in):
    html = sign_in("stranger").get(collective.get_absolute_url()).content.decode()
    assert "签署并提交" in html and "不同意签署" in html and "收回修改" not in html


def test_members_of_another_committee_are_no_candidates(joint):
    far = make.MemberFactory(user=make.UserFactory(), office=make.OfficeFactory(short_name="邻县"))
    assert not selectors.candidates(joint).filter(pk=far.pk).exists()
