"""Lists: who sees what, filters, constant queries, export; figures lead to exactly the rows they count."""

import io

import pytest
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from core.clock import Span
from plans.measures import Window
from proposals import services
from proposals.enums import RECEIVED, STEPS
from proposals.measures import PROPOSALS
from tests import factories as make
from tests.factories import moment
from tests.proposals.conftest import set_aside

pytestmark = pytest.mark.django_db
LIST = "/proposals/"


@pytest.fixture
def add(world):
    """`add("stranger", subject="…")`: a submitted proposal of that member."""

    def proposal(who="owner", **values):
        member = world[f"member.{who}"]
        base = {"office": world.offices["county"], "home_office": member.office, "session": world["session"]}
        return make.ProposalFactory(**base, **values, member=member)

    return proposal


def rows(response):
    return {row.record.pk for row in response.context["table"].rows}


def subjects(response):
    return {row.record.subject for row in response.context["table"].rows}


@pytest.mark.parametrize(
    ("person", "sees"),
    [("county_staff", {"甲", "乙"}), ("leader", {"甲", "乙"}), ("staff", {"甲"}), ("other_staff", {"乙"}),
     ("owner", {"甲", "丙"}), ("stranger", {"乙"})],
)  # fmt: skip
def test_who_sees_what(person, sees, world, sign_in, add):
    add("owner", subject="甲")
    add("stranger", subject="乙")
    add("owner", subject="丙", state="draft", submitted_at=None)
    assert subjects(sign_in(person).get(LIST)) & {"甲", "乙", "丙"} == sees


@pytest.mark.parametrize(
    ("query", "found"),
    [("q=公交", {"公交站点", "夜间公交"}), ("q=欧阳", {"夜间公交"}), ("q=oyy", {"夜间公交"}),
     ("category=ecology", {"河道保洁"}), ("state=filed", {"河道保洁"}), ("kind=joint", {"夜间公交"}),
     ("since=2026-04-01&until=2026-04-30", {"河道保洁"}), ("stage=filed&since=2026-06-01", {"河道保洁"}),
     ("stage=filed&until=2026-05-31", set()), ("q=%25", set()), ("q=_", set())],
)  # fmt: skip
def test_filters(query, found, world, sign_in, add):
    set_aside()
    add("owner", subject="公交站点", submitted_at=moment(3, 1))
    add("stranger", subject="夜间公交", kind="joint", submitted_at=moment(5, 1))
    add("owner", subject="河道保洁", category="ecology", state="filed", case_no=7, submitted_at=moment(4, 30, 23),
        filed_at=moment(6, 1, 0))  # fmt: skip
    assert subjects(sign_in("county_staff").get(f"{LIST}?{query}")) == found


def test_the_filter_by_home_office_and_session(world, sign_in, add):
    mine = add("stranger")
    query = f"home_office={world.offices['street'].pk}&session={world['session'].pk}"
    assert rows(sign_in("county_staff").get(f"{LIST}?{query}")) == {mine.pk}


@pytest.mark.parametrize(("person", "path"), [("county_staff", LIST), ("owner", LIST), ("owner", "/proposals/mine/")])
def test_queries_do_not_grow_with_the_rows(person, path, world, sign_in, add, django_assert_max_num_queries):
    browser = sign_in(person)
    browser.get(path)
    with django_assert_max_num_queries(15) as few:
        browser.get(path)
    [add(who, category="economy") for who in ("owner", "stranger", "colleague", "owner")]
    with CaptureQueriesContext(few.connection) as many:
        browser.get(path)
    assert len(many) == len(few)


def test_a_detail_page_has_a_budget(world, sign_in, django_assert_max_num_queries):
    """Every part of the page asks once: people, requests, units, replies, supervision, publication."""
    browser = sign_in("county_staff")
    with django_assert_max_num_queries(24):
        browser.get(world["proposal.filed"].get_absolute_url())


def test_the_export_is_what_is_on_the_screen_and_no_formula(world, sign_in, add):
    add("stranger", subject="=1+1", state="filed", case_no=9, filed_at=moment(4, 4))
    response = sign_in("county_staff").get(f"{LIST}?q==1&export=xlsx")
    sheet = load_workbook(io.BytesIO(response.content)).active
    cells = {cell.value: cell.data_type for cell in sheet[2]}
    assert sheet.max_row == 2 and cells["=1+1"] == "s"
    assert {"十届五次会议第9号", "欧阳玥", "南门街道联络处", "已立案"} <= set(cells)


def test_the_own_list_puts_what_waits_first(world, sign_in):
    html = sign_in("owner").get("/proposals/mine/").content.decode()
    assert html.index("等您处理") < html.index("退回修改") < html.index("已经提交") < html.index("十届五次会议第1号")
    assert f"/proposals/{world['proposal.draft'].pk}/edit/" in html


def test_a_member_without_proposals_is_shown_how_to_begin(sign_in, world):
    world["proposal.joint"].invitations.all().delete()
    html = sign_in("colleague").get("/proposals/mine/").content.decode()
    assert "您还没有写过提案" in html and "/proposals/new/" in html


# --- the office's list ------------------------------------------------------------------------------------------
NUMBERED = {"case_no": 7, "filed_at": moment(4, 1)}


def chips(response):
    return {chip.label: chip.count for chip in response.context["chips"]}


def test_every_received_proposal_stands_in_exactly_one_group():
    grouped = [state for _, states in STEPS.values() for state in states]
    assert len(grouped) == len(set(grouped)) and set(grouped) == set(RECEIVED)


def test_the_groups_are_counted_under_all_other_filters(world, sign_in, add):
    set_aside()
    add(subject="河道清淤")
    add(subject="河道护栏", state="review")
    add(subject="河道绿化", state="filed", **NUMBERED)
    add(subject="校门口停车", state="not_filed")
    browser = sign_in("county_staff")
    assert chips(browser.get(LIST)) == {"全部": 4, "待初审": 1, "待决定": 1, "待交办": 1, "未立案": 1}
    shown = browser.get(f"{LIST}?q=河道&step=decide")
    assert chips(shown) == {"全部": 3, "待初审": 1, "待决定": 1, "待交办": 1}
    assert subjects(shown) == {"河道护栏"} and '共 <span class="num">1</span> 条' in shown.content.decode()


@pytest.mark.parametrize("query", ["", "step=check", "state=filed", "step=assign&state=filed", "step=check&state=filed",
                                   "step=x", "state=y", "step=&state="])  # fmt: skip
def test_the_number_above_the_list_is_the_number_of_rows(query, sign_in, add):
    add()
    add(state="filed", **NUMBERED)
    shown = sign_in("county_staff").get(f"{LIST}?{query}")
    assert shown.context["table"].page.paginator.count == len(rows(shown))


@pytest.mark.parametrize(
    ("advice", "found"), [("any", {"甲", "乙"}), ("none", {"丙"}), ("file", {"甲"}), ("merge", set())]
)
def test_by_the_current_recommendation(advice, found, world, sign_in, add):
    set_aside()
    clerk, rows = world.people["county_staff"], [add(subject=name) for name in "甲乙丙"]
    for row, first, second in ((rows[0], "file", "file"), (rows[1], "file", "not_file")):
        for verdict in (first, second):
            reason = "empty" if verdict == "not_file" else ""
            services.recommend(proposal=row, advice=services.Advice(verdict, reason), by=clerk)
    shown = sign_in("county_staff").get(f"{LIST}?advice={advice}")
    assert subjects(shown) == found
    assert ("建议立案" in shown.content.decode()) == ("甲" in found)


@pytest.mark.parametrize(
    ("person", "picks", "decides", "stands"),
    [("county_staff", True, True, True), ("staff", True, False, True), ("owner", False, False, False)],
)
def test_offices_choose_rows_only_the_receiving_one_reviews_and_members_see_no_review(
    person, picks, decides, stands, world, sign_in, add
):
    """An office that only reads chooses rows for documents."""
    services.recommend(proposal=add("owner"), advice=services.Advice("file"), by=world.people["county_staff"])
    html = sign_in(person).get(f"{LIST}?view=all").content.decode()
    assert ('name="pick"' in html) == picks and ("建议立案" in html) == stands
    assert ('name="advice"' in html) == stands and ('value="follow"' in html) == decides


def test_units_and_the_next_deadline_stand_in_the_row(world, sign_in):
    html = sign_in("county_staff").get(f"{LIST}?step=handle").content.decode()
    assert "县交通局等 2 家，" in html and "前申请改办" not in html


# --- figures ---------------------------------------------------------------------------------------------------
WINDOWS = [
    ("town", ()), ("town", (("stage", "filed"),)), ("street", (("stage", "submitted"),)), ("county", ()),
    ("county", (("stage", "filed"), ("category", "economy"))), ("town", (("kind", "individual"),)),
]  # fmt: skip


@pytest.mark.parametrize(("office", "filters"), WINDOWS)
@pytest.mark.parametrize("span", [Span.year(2026), Span.months(2026, 3, 3)], ids=["year", "march"])
def test_a_figure_leads_to_exactly_its_records(office, filters, span, world, sign_in, add):
    add("owner", category="economy", submitted_at=moment(2, 1), state="filed", case_no=5, filed_at=moment(3, 20))
    add("stranger", category="economy", submitted_at=moment(3, 31, 23), kind="joint")
    add("colleague", submitted_at=moment(12, 31, 23, 2025), state="filed", case_no=6, filed_at=moment(1, 1, 0))
    window = Window(frozenset({world.offices[office].pk}), span, filters)
    counted = set(PROPOSALS.records(window).values_list("pk", flat=True))
    assert rows(sign_in("county_staff").get(PROPOSALS.url(window))) == counted
    assert PROPOSALS.parts(window).count() == len(counted)


def test_the_list_behind_a_figure_says_what_it_is_limited_to(world, sign_in):
    window = Window(frozenset({world.offices["town"].pk}), Span.year(2026))
    html = sign_in("county_staff").get(PROPOSALS.url(window)).content.decode()
    assert "只显示：清溪镇联络处。" in html


def test_withdrawn_and_drafts_are_never_counted(world, add):
    window = Window(frozenset({world.offices["county"].pk}), Span.year(2026))
    before, extra = PROPOSALS.records(window).count(), add("owner")
    assert PROPOSALS.records(window).count() == before + 1
    services.withdraw(proposal=extra, reason="另写", by=world.people["owner"])
    assert PROPOSALS.records(window).count() == before
