"""Checklist, recommendations, returning, not filing, going on as a social opinion."""

import pytest

from core.clock import Span
from core.errors import Denied, DomainError, StateChanged
from members.dossier import sections
from notices.models import Notice
from opinions import services as opinions
from opinions.models import OpinionReport
from opinions.selectors import Stage as OpinionStage
from opinions.selectors import counted as opinions_counted
from organisation.models import Committee
from proposals import services
from proposals.enums import Stage
from proposals.models import Proposal, Proposer
from proposals.selectors import counted
from proposals.services import Advice, Tick
from tests import factories as make

pytestmark = pytest.mark.django_db
ALL = ("one_matter", "facts", "analysis", "suggestions", "format", "no_duplicate", "fileable")


@pytest.fixture
def submitted(world):
    return world["proposal.submitted"]


@pytest.fixture
def clerk(world):
    return world.people["county_staff"]


def fresh(proposal):
    return Proposal.objects.get(pk=proposal.pk)


def told(person):
    return " ".join(Notice.objects.filter(recipient=person).values_list("text", flat=True))


def page(sign_in, proposal, person="county_staff"):
    return sign_in(person).get(proposal.get_absolute_url()).content.decode()


# --- checklist -----------------------------------------------------------------------------------------------------
def test_ticks_are_kept_and_open_lines_stay_visible(sign_in, submitted):
    data = {"check-one_matter": "pass", "check-facts": "fail", "note-facts": "没有写时间"}
    sign_in("county_staff").post(f"/proposals/{submitted.pk}/checks/", data)
    html = page(sign_in, submitted)
    assert "1 项不符合，5 项未核对" in html and 'value="没有写时间"' in html
    assert set(submitted.check_marks.values_list("code", "passed")) == {("one_matter", True), ("facts", False)}


def test_the_rest_is_answered_with_one_button_and_a_line_can_be_opened_again(sign_in, submitted):
    browser, url = sign_in("county_staff"), f"/proposals/{submitted.pk}/checks/"
    browser.post(url, {"check-facts": "fail", "rest": "pass"})
    assert dict(submitted.check_marks.values_list("code", "passed")) == dict.fromkeys(ALL, True) | {"facts": False}
    browser.post(url, {f"check-{code}": "pass" for code in ALL if code != "facts"})
    assert submitted.check_marks.count() == len(ALL) - 1 and "1 项未核对" in page(sign_in, submitted)


def test_a_line_nobody_offered_is_not_kept(submitted, clerk):
    services.tick(proposal=submitted, ticks={"nonsense": Tick(True), "facts": Tick(True, "好" * 300)}, by=clerk)
    [mark] = submitted.check_marks.all()
    assert (mark.code, len(mark.note)) == ("facts", 200)


@pytest.mark.parametrize("person", ["staff", "leader", "owner"])
def test_only_the_receiving_office_ticks_and_recommends(person, submitted, world):
    for act in (lambda by: services.tick(proposal=submitted, ticks={}, by=by),
                lambda by: services.recommend(proposal=submitted, advice=Advice("file"), by=by)):  # fmt: skip
        with pytest.raises(Denied):
            act(world.people[person])


def test_the_review_ends_with_the_decision(world, clerk):
    with pytest.raises(StateChanged, match="审查已经结束"):
        services.tick(proposal=world["proposal.filed"], ticks={}, by=clerk)


def test_the_proposer_sees_neither_checklist_nor_recommendation(sign_in, submitted, clerk):
    services.recommend(proposal=submitted, advice=Advice("not_file", "empty", text="太空泛"), by=clerk)
    html = page(sign_in, submitted, "owner")
    assert "审查事项" not in html and "太空泛" not in html
    assert "太空泛" in page(sign_in, submitted, "staff") and "按审查意见办理" not in page(sign_in, submitted, "staff")


def test_everything_is_looked_at_again_after_a_return(sign_in, submitted, world, clerk, post):
    services.tick(proposal=submitted, ticks={"facts": Tick(False, "缺数字")}, by=clerk)
    services.recommend(proposal=submitted, advice=Advice("return", "facts_missing"), by=clerk)
    services.return_for_changes(proposal=submitted, reason="请补充", by=clerk)
    sign_in("owner").post(f"/proposals/{submitted.pk}/edit/", post(version="1"))
    html = page(sign_in, submitted)
    assert "7 项未核对" in html and "上次不符合：缺数字" in html
    assert "还没有审查意见" in html and "以前的审查意见（1）" in html


# --- recommendations -----------------------------------------------------------------------------------------------
def test_the_newest_recommendation_counts(sign_in, submitted, world):
    committee, _ = Committee.objects.get_or_create(office=world.offices["county"], name="提案委员会")
    browser, url = sign_in("county_staff"), f"/proposals/{submitted.pk}/recommend/"
    browser.post(url, {"verdict": "file", "category": "ecology"})
    browser.post(url, {"verdict": "not_file", "reason": "empty", "committee": committee.pk, "text": "没有建议"})
    current = submitted.recommendations.get(is_current=True)
    assert (current.verdict, current.reason, current.committee) == ("not_file", "empty", committee)
    html = page(sign_in, submitted)
    assert "内容空泛，没有具体建议" in html and "提案委员会" in html and "以前的审查意见（1）" in html


@pytest.mark.parametrize(
    ("advice", "sentence"),
    [(Advice("not_file"), "请选择不予立案的理由"), (Advice("return"), "请选择退回理由"),
     (Advice("merge"), "请选择并入"),
     (Advice("not_file", "facts_missing"), "不适用于“不予立案”"), (Advice("file", category="x"), "请选择“分类”")],
)  # fmt: skip
def test_a_recommendation_must_make_sense(advice, sentence, submitted, clerk):
    with pytest.raises(DomainError, match=sentence):
        services.recommend(proposal=submitted, advice=advice, by=clerk)
    assert not submitted.recommendations.exists()


def test_a_text_that_changed_meanwhile_is_read_again_first(sign_in, submitted):
    Proposal.objects.filter(pk=submitted.pk).update(version=3)
    browser = sign_in("county_staff")
    url = f"/proposals/{submitted.pk}/act"
    page = browser.post(f"{url}/file/", {"category": "economy", "version": "1"})
    assert page.status_code == 409 and "内容刚刚有改动" in page.content.decode()
    page = browser.post(f"/proposals/{submitted.pk}/act/take_up/", {"version": "2"}, follow=True)
    assert "内容刚刚有改动" in page.content.decode() and fresh(submitted).state == "submitted"
    browser.post(f"/proposals/{submitted.pk}/act/take_up/", {"version": "3"})
    assert fresh(submitted).state == "review"


def test_the_form_carries_the_version_the_clerk_has_read(sign_in, submitted):
    html = page(sign_in, submitted)
    assert f"/proposals/{submitted.pk}/act/file/?version=1" in html
    Proposal.objects.filter(pk=submitted.pk).update(version=2)
    form = sign_in("county_staff").get(f"/proposals/{submitted.pk}/act/file/?version=1").content.decode()
    assert '<input type="hidden" name="version" value="1">' in form


# --- conflict of interest --------------------------------------------------------------------------------------------
def test_nobody_decides_on_an_own_proposal(world, submitted, sign_in):
    both = world.people["owner"]
    make.PostingFactory(user=both, office=world.offices["county"], role="staff")
    lead = world["proposal.filed"]
    acts = [
        lambda: services.take_up(proposal=submitted, by=both),
        lambda: services.file_case(proposal=submitted, category="society", by=both),
        lambda: services.not_file(proposal=submitted, ground="empty", by=both),
        lambda: services.return_for_changes(proposal=submitted, reason="改", by=both),
        lambda: services.merge(proposal=submitted, into=lead, by=both),
        lambda: services.tick(proposal=submitted, ticks={}, by=both),
        lambda: services.recommend(proposal=submitted, advice=Advice("file"), by=both),
        lambda: services.follow(proposal=submitted, by=both),
    ]
    services.recommend(proposal=submitted, advice=Advice("file"), by=world.people["county_staff"])
    for act in acts:
        with pytest.raises(Denied):
            act()
    assert "初审通过" not in page(sign_in, submitted, "owner")


def test_the_convenor_does_not_decide_either(world, submitted):
    make.PostingFactory(user=world.people["colleague"], office=world.offices["county"], role="staff")
    Proposal.objects.filter(pk=submitted.pk).update(convenor=world["member.colleague"])
    with pytest.raises(Denied, match="您自己参与的提案"):
        services.take_up(proposal=fresh(submitted), by=world.people["colleague"])


# --- not filing ------------------------------------------------------------------------------------------------------
def test_not_filing_needs_a_listed_reason(sign_in, submitted):
    url = f"/proposals/{submitted.pk}/act/not_file/"
    answer = sign_in("county_staff").post(url, {"words": "不合适"})
    assert answer.status_code == 422 and "请选择不予立案的理由" in answer.content.decode()
    sign_in("county_staff").post(url, {"listed": "promotion", "words": "介绍的是一种净水器。"})
    row = fresh(submitted)
    assert (row.state, row.not_filed_reason, row.became) == ("not_filed", "promotion", "")


def test_the_proposers_learn_why_and_what_happens_instead(sign_in, submitted, clerk, world):
    services.not_file(proposal=submitted, ground="private", words="请走信访渠道。", by=clerk)
    assert "没有立案，理由：为本人或者亲属解决个人问题" in told(world.people["owner"])
    html = page(sign_in, submitted, "owner")
    assert "请走信访渠道" in html and "可以按社情民意报送" in html


def test_a_reason_from_another_list_is_refused(submitted, clerk):
    with pytest.raises(DomainError, match="请选择不予立案的理由"):
        services.not_file(proposal=submitted, ground="facts_missing", by=clerk)


def test_reconsidering_begins_anew(submitted, clerk, world):
    services.not_file(proposal=submitted, ground="empty", by=clerk)
    services.reconsider(proposal=submitted, reason="补来了材料", by=clerk)
    row = fresh(submitted)
    assert (row.state, row.not_filed_reason, row.decided_at) == ("review", "", None)
    assert "正在重新审查" in told(world.people["owner"])


# --- turned into a social opinion ---------------------------------------------------------------------------------
def test_in_one_step_with_all_authors_and_linked_both_ways(sign_in, submitted, world):
    Proposer.objects.create(proposal=submitted, member=world["member.stranger"], order=2)
    data = {"listed": "empty", "as_opinion": "on"}
    sign_in("county_staff").post(f"/proposals/{submitted.pk}/act/not_file/", data)
    row, opinion = fresh(submitted), OpinionReport.objects.get(is_converted=True)
    assert [each.member for each in opinion.authors.all()] == [world["member.owner"], world["member.stranger"]]
    assert (opinion.office, opinion.state) == (world.offices["town"], "submitted")
    assert row.became_url == opinion.get_absolute_url() and opinion.origin_url == row.get_absolute_url()
    for person in ("owner", "stranger", "county_staff", "staff"):
        assert row.became_url in page(sign_in, row, person)
        assert f"不予立案的提案《{row}》" in page(sign_in, opinion, person)
    assert "转来社情民意" in told(world.people["staff"])


def test_later_and_only_once(submitted, clerk, world):
    with pytest.raises(StateChanged):
        services.become_opinion(proposal=submitted, by=clerk)
    services.not_file(proposal=submitted, ground="empty", by=clerk)
    services.become_opinion(proposal=submitted, by=clerk)
    with pytest.raises(DomainError, match="已经转为社情民意"):
        services.become_opinion(proposal=submitted, by=clerk)
    with pytest.raises(Denied, match="不能再重新审查"):
        services.reconsider(proposal=fresh(submitted), reason="再看", by=clerk)
    assert OpinionReport.objects.filter(is_converted=True).count() == 1


def test_the_same_text_counts_once_and_its_adoption_counts(submitted, clerk, world):
    OpinionReport.objects.all().delete()
    before = counted(Proposal.objects.all(), Stage.SUBMITTED, Span.year(2026)).count()
    services.not_file(proposal=submitted, ground="empty", as_opinion=True, by=clerk)
    assert counted(Proposal.objects.all(), Stage.SUBMITTED, Span.year(2026)).count() == before
    opinions.accept(opinion=OpinionReport.objects.get(), by=world.people["staff"])
    rows = OpinionReport.objects.all()
    assert opinions_counted(rows, OpinionStage.SUBMITTED).count() == 0
    assert opinions_counted(rows, OpinionStage.ACCEPTED).count() == 1


def test_the_dossier_names_what_was_turned(submitted, clerk, world):
    OpinionReport.objects.all().delete()
    services.not_file(proposal=submitted, ground="empty", as_opinion=True, by=clerk)
    content = sections.get("opinions").content(world["member.owner"], world.people["owner"], 2026)
    assert [(each.label, each.value) for each in content.figures] == [
        ("报送社情民意", 0), ("其中采用", 0), ("提案转来", 1), ("转来的采用", 0)
    ]  # fmt: skip
