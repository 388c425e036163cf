"""Many at once: the preview says what will happen, one confirmation, a result per row."""

import uuid

import pytest

from proposals import services
from proposals.models import BulkRun, Proposal
from proposals.services import Advice
from tests import factories as make
from tests.factories import moment

pytestmark = pytest.mark.django_db
BULK = "/proposals/bulk/"


@pytest.fixture
def clerk(world):
    return world.people["county_staff"]


@pytest.fixture
def add(world):
    def proposal(who="owner", **values):
        member = world[f"member.{who}"]
        base = {"office": world.offices["county"], "home_office": member.office, "session": world["session"]}
        return make.ProposalFactory(**base, **{"category": "society", **values}, member=member)

    return proposal


@pytest.fixture
def browser(sign_in):
    return sign_in("county_staff")


def picks(response):
    """What the preview's form would send."""
    return [row.pick for row in response.context["can"]]


def preview(browser, act, *proposals):
    return browser.get(BULK, {"act": act, "pick": [each.pk for each in proposals]})


def confirm(browser, act, shown, **data):
    given = {"act": act, "pick": picks(shown), "idempotency_key": str(uuid.uuid4()), **data}
    return browser.post(BULK, given, follow=True)


def state(proposal):
    return Proposal.objects.get(pk=proposal.pk).state


def test_the_reviewers_are_followed_row_by_row(browser, add, clerk, world, next_case):
    rows = [add(subject=f"提案{n}", submitted_at=moment(4, 9 - n)) for n in range(5)]
    lead = world["proposal.filed"]
    advice = [Advice("file", category="ecology"), Advice("merge", merge_into=lead), Advice("not_file", "academic"),
              Advice("return", text="请补充数字"), Advice("to_opinion", "empty")]  # fmt: skip
    for row, each in zip(rows, advice, strict=True):
        services.recommend(proposal=row, advice=each, by=clerk)
    shown = preview(browser, "follow", *rows)
    html = shown.content.decode()
    assert f"并入第1号《{lead}》" in html and "内容转为社情民意信息" in html and "将要办理的 5 件" in html
    assert [state(row) for row in rows] == ["submitted"] * 5
    result = confirm(browser, "follow", shown).content.decode()
    assert [state(row) for row in rows] == ["filed", "merged", "not_filed", "returned", "not_filed"]
    assert "5 件都已办好" in result and f"已立案，第{next_case}号" in result
    assert Proposal.objects.get(pk=rows[0].pk).category == "ecology" and Proposal.objects.get(pk=rows[4].pk).became


def test_what_cannot_be_done_is_listed_with_its_reason(browser, add, world):
    shown = preview(browser, "follow", add(subject="没有意见"), world["proposal.filed"])
    html = shown.content.decode()
    assert not picks(shown) and "还没有审查意见" in html and "确定按审查意见办理" not in html
    html = preview(browser, "file", add(category="", subject="没有分类"), world["proposal.filed"]).content.decode()
    assert "还没有分类，请单独立案" in html and "现在是“已立案”，不能立案" in html


def test_one_failure_does_not_undo_the_others(browser, add, clerk, next_case):
    first, second, third = (
        add(subject=name, submitted_at=moment(4, day)) for name, day in (("甲", 1), ("乙", 2), ("丙", 3))
    )
    shown = preview(browser, "file", third, second, first)
    services.not_file(proposal=second, ground="empty", by=clerk)
    html = confirm(browser, "file", shown).content.decode()
    assert (state(first), state(second), state(third)) == ("filed", "not_filed", "filed")
    numbers = [Proposal.objects.get(pk=each.pk).case_no for each in (first, third)]
    assert numbers == [next_case, next_case + 1]  # in the order of submission, without a gap
    assert "办好 2 件，1 件没有办理" in html and "现在是“不予立案”" in html


def test_a_change_between_preview_and_confirmation_is_noticed(browser, add, clerk):
    changed, advised = add(subject="改过的"), add(subject="意见变了")
    for row in (changed, advised):
        services.recommend(proposal=row, advice=Advice("file"), by=clerk)
    shown = preview(browser, "follow", changed, advised)
    Proposal.objects.filter(pk=changed.pk).update(version=2)
    services.recommend(proposal=advised, advice=Advice("not_file", "empty"), by=clerk)
    html = confirm(browser, "follow", shown).content.decode()
    assert "内容刚刚有改动" in html and "审查意见刚刚有改动" in html
    assert state(changed) == state(advised) == "submitted"


def test_a_second_click_finds_the_first_run(browser, add):
    shown, key = preview(browser, "take_up", add(), add()), str(uuid.uuid4())
    data = {"act": "take_up", "pick": picks(shown), "idempotency_key": key}
    addresses = {browser.post(BULK, data).url for _ in range(2)}
    run = BulkRun.objects.get(action="take_up")
    assert addresses == {f"/proposals/bulk/{run.pk}/"} and len(run.results) == 2


def test_own_ones_are_left_out_also_here(world, sign_in, add):
    both = world.people["owner"]
    make.PostingFactory(user=both, office=world.offices["county"], role="staff")
    own, other = add("owner", subject="自己的"), add("stranger", subject="别人的")
    shown = preview(sign_in("owner"), "file", own, other)
    assert [row.proposal for row in shown.context["can"]] == [other]
    assert "您自己参与的提案" in shown.content.decode()
    forged = {"act": "file", "pick": [f"{own.pk}:1:0"]}
    assert "没有办理" in sign_in("owner").post(BULK, forged, follow=True).content.decode() and state(own) == "submitted"


def test_one_recommendation_for_many(browser, add):
    rows = [add(), add()]
    shown = preview(browser, "recommend", *rows)
    wrong = browser.post(BULK, {"act": "recommend", "pick": picks(shown)})
    assert wrong.status_code == 422 and "请选择审查意见" in wrong.content.decode()
    confirm(browser, "recommend", shown, verdict="not_file", reason="academic", text="属于研讨")
    assert [row.recommendations.get().reason for row in rows] == ["academic", "academic"]


def test_merging_the_chosen_ones_into_one_of_them(browser, add):
    lead, first, second = add(subject="主案"), add("stranger"), add("colleague")
    shown = preview(browser, "merge", lead, first, second)
    html = confirm(browser, "merge", shown, lead=lead.pk).content.decode()
    assert (state(lead), state(first), state(second)) == ("submitted", "merged", "merged")
    assert "作为主案" in html and set(lead.merged.all()) == {first, second}


def test_all_that_the_filter_finds(browser, add, world):
    rows = [add(subject="河道清淤"), add(subject="河道护栏")]
    shown = browser.get(BULK, {"act": "take_up", "all": "1", "query": "q=河道"})
    assert [row.proposal for row in shown.context["can"]] == rows


def test_no_more_than_the_rule_allows(browser, add, world):
    from organisation.models import Rule

    Rule.objects.filter(key="proposal.bulk_limit").update(value=2)
    shown = preview(browser, "take_up", *[add(submitted_at=moment(5, 3 - n)) for n in range(3)])
    assert [row.proposal.submitted_at.day for row in shown.context["can"]] == [1, 2]
    assert "一次最多办理 2 件" in shown.content.decode()


@pytest.mark.parametrize(
    "data", [{"act": "nonsense", "pick": "1"}, {"act": "file"}, {"act": "file", "pick": "x:y"}, {}]
)
def test_nonsense_leads_back_to_the_list(data, browser):
    assert browser.get(BULK, data).url == "/proposals/" == browser.post(BULK, data).url


def test_strangers_proposals_cannot_be_picked(sign_in, add, world):
    foreign = add("stranger")
    assert sign_in("staff").get(BULK, {"act": "volume", "pick": foreign.pk}).url == "/proposals/"
    for person in ("staff", "leader", "stranger"):
        assert sign_in(person).get(BULK, {"act": "file", "pick": foreign.pk}).status_code == 403


def test_the_preview_costs_the_same_for_one_and_for_many(browser, add, clerk, django_assert_max_num_queries):
    rows = [add(who) for who in ("owner", "stranger", "colleague", "owner")]
    for row in rows:
        services.recommend(proposal=row, advice=Advice("not_file", "empty"), by=clerk)
    preview(browser, "follow", rows[0])
    with django_assert_max_num_queries(25) as one:
        preview(browser, "follow", rows[0])
    with django_assert_max_num_queries(len(one)):
        preview(browser, "follow", *rows)
