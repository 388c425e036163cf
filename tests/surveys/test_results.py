"""Results: counts and rates by the office's definition; anonymous means anonymous."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from audit.models import AuditEntry
from core.clock import Span, today
from members.dossier import sections
from organisation.models import Rule
from plans.asking import Ask, ask
from plans.enums import Metric
from plans.measures import Window
from surveys import results, selectors, services
from surveys.measures import SURVEYS
from surveys.models import Answer, Seat, Sheet, Survey
from tests import factories as make
from tests.surveys.objects import given, sheet, survey

pytestmark = pytest.mark.django_db
THIS_YEAR = Span.year(today().year)


@pytest.fixture
def town(world):
    return world.offices["town"]


@pytest.fixture
def closed(world, town):
    """Six members: three satisfied, one mostly, one not, one does not know."""

    def made(grades=("satisfied",) * 3 + ("mostly", "unsatisfied", "unknown"), **values):
        members = [make.MemberFactory(office=town, term=world["member.owner"].term) for _ in grades]
        open_one = survey(town, members, **values)
        for grade, member in zip(grades, members, strict=True):
            sheet(open_one, grade, member)
        return services.close(survey=open_one, by=world.people["staff"])

    return made


def test_the_rate_leaves_out_those_who_do_not_know(closed):
    found = results.of(closed())
    assert (found.sheets, found.rate) == (6, 80.0)
    assert found.definition == "满意率＝（满意＋基本满意）÷（填写总数－不了解）×100%，各满意度题合并计算。"
    scale = found.results[0]
    assert [(line.label, line.count) for line in scale.lines] == [
        ("满意", 3), ("基本满意", 1), ("不满意", 1), ("不了解", 1)
    ]  # fmt: skip


def test_the_definition_is_the_offices_data(closed, town):
    value = {"satisfied": "满意", "left_out": ""}
    Rule.objects.create(key="survey.satisfaction_rate", office=town, value=value, starts="2026-01-01")
    found = results.of(closed())
    assert (found.rate, found.definition) == (50.0, "满意率＝（满意）÷填写总数×100%，各满意度题合并计算。")


def test_few_anonymous_sheets_show_nothing(closed, sign_in):
    few = closed(("satisfied",) * 4)
    assert "只收到 4 份，少于 5 份" in results.of(few).hidden
    page = sign_in("staff").get(reverse("survey_results", args=[few.pk]))
    assert "100" not in page.content.decode().split("<main")[1]
    assert sign_in("staff").get(reverse("survey_results", args=[few.pk]), {"export": "xlsx"}).status_code == 409
    assert selectors.year_figures({few.office_id}, THIS_YEAR).satisfaction == []


def test_anonymous_results_wait_for_the_end(world):
    made = world["survey.open"]
    services.answer(survey=made, given=given(made), by=world.people["owner"])
    assert "结束以后才显示" in results.of(made).hidden


def test_nothing_leads_from_a_sheet_to_a_person(world, closed):
    made = world["survey.open"]
    before = AuditEntry.objects.count()
    services.answer(survey=made, given=given(made, text="只有我知道"), by=world.people["owner"])
    kept = Sheet.objects.get(survey=made)
    assert (kept.member, kept.answered_at) == (None, None)
    names = {field.name for model in (Sheet, Answer, Seat) for field in model._meta.concrete_fields}
    assert names == {"id", "survey", "member", "answered_at", "sheet", "question", "choice", "grade", "number", "text",
                     "browser", "answered"}  # fmt: skip
    assert AuditEntry.objects.count() == before


def test_closing_writes_every_sheet_anew(world):
    made = world["survey.open"]
    for key in ("owner", "colleague"):
        services.answer(survey=made, given=given(made, text=key), by=world.people[key])
    sheets, answers = set(made.sheets.values_list("pk", flat=True)), set(Answer.objects.values_list("pk", flat=True))
    services.close(survey=made, by=world.people["staff"])
    assert made.sheets.count() == 2 and not made.sheets.filter(pk__in=sheets).exists()
    mine = Answer.objects.filter(sheet__survey=made)
    assert mine.exists() and not mine.filter(pk__in=answers).exists()
    assert set(mine.exclude(text="").values_list("text", flat=True)) == {"owner", "colleague"}


def test_named_sheets_can_be_read_one_by_one(sign_in, world):
    made = world["survey.named"]
    html = sign_in("staff").get(reverse("survey_sheets", args=[made.pk])).content.decode()
    assert world["member.owner"].name in html and "满意" in html
    book = sign_in("staff").get(reverse("survey_sheets", args=[made.pk]), {"export": "xlsx"})
    rows = list(load_workbook(io.BytesIO(book.content)).active.values)
    assert rows[0][0] == "委员" and rows[1][0] == world["member.owner"].name and rows[1][2] == "满意"


def test_a_count_of_a_named_survey_leads_to_those_who_said_so(sign_in, world):
    made = world["survey.named"]
    services.answer(survey=made, given=given(made, "unsatisfied"), by=world.people["colleague"])
    line = results.of(made).results[0].lines[2]
    html = sign_in("staff").get(reverse("survey_results", args=[made.pk])).content.decode()
    link = f"{reverse('survey_sheets', args=[made.pk])}?said=g%3A{line.said.split(':')[1]}%3Aunsatisfied"
    page = sign_in("staff").get(link).content.decode()
    assert line.count == 1 and link in html
    assert world["member.colleague"].name in page and world["member.owner"].name not in page


@pytest.mark.parametrize("said", ["nonsense", "c:x:y", "g", "c:1:99999999999999999999", "::"])
def test_a_broken_link_shows_all_sheets(said, sign_in, world):
    page = sign_in("staff").get(reverse("survey_sheets", args=[world["survey.named"].pk]), {"said": said})
    assert page.status_code == 200 and world["member.owner"].name in page.content.decode()


def test_the_workbook_says_what_the_page_says(closed, sign_in):
    made = closed()
    book = sign_in("staff").get(reverse("survey_results", args=[made.pk]), {"export": "xlsx"})
    rows = list(load_workbook(io.BytesIO(book.content)).active.values)
    assert ("1. scale题", "满意", 3, 50) in rows


def test_figures_of_a_year(closed, town):
    closed()
    closed(("satisfied",) * 5, purpose="facts")
    found = selectors.year_figures({town.pk}, THIS_YEAR)
    assert (found.surveys, found.asked, found.answered, found.response_rate) == (2, 11, 11, 100)
    assert [(each.label, each.total) for each in found.by_purpose] == [("了解情况", 1), ("满意度测评", 1)]
    assert [(each.sheets, each.rate) for each in found.satisfaction] == [(6, 80.0)]


def test_a_figure_leads_to_exactly_its_records(closed, town, sign_in, world):
    closed(), closed(purpose="facts"), survey(town, state="closed")
    for filters in ((), (("purpose", "facts"),)):
        window = Window(frozenset({town.pk}), THIS_YEAR, filters)
        counted = set(SURVEYS.records(window).values_list("pk", flat=True))
        shown = {row.record.pk for row in sign_in("staff").get(SURVEYS.url(window)).context["table"].rows}
        assert shown == counted and SURVEYS.parts(window).count() == 6 * len(counted) > 0


def test_the_ratio_of_a_target_is_the_rate_of_the_page(closed, town):
    made = closed()
    closed(("unsatisfied",) * 4)
    window = Window(frozenset({town.pk}), THIS_YEAR)
    part, whole = SURVEYS.ratio.part(window).count(), SURVEYS.ratio.whole(window).count()
    assert 100 * part / whole == results.of(made).rate == 80


def test_the_file_knows_only_that_a_member_took_part(world, closed):
    made = closed()
    member = made.seats.first().member
    content = sections.get("surveys").content(member, world.people["staff"], today().year)
    assert [record.cells[2] for record in content.records] == ["已填写"]
    assert not sections.get("surveys").content(member, world.people["other_staff"], today().year).records


def test_lists_cost_the_same_with_more_rows(sign_in, world, town, django_assert_max_num_queries):
    browser = sign_in("staff")
    browser.get(reverse("survey_list"))
    with django_assert_max_num_queries(15) as few:
        browser.get(reverse("survey_list"))
    [survey(town, [world["member.owner"]]) for _ in range(3)]
    with django_assert_max_num_queries(len(few)):
        browser.get(reverse("survey_list"))


def test_results_cost_the_same_with_more_sheets(sign_in, closed, django_assert_max_num_queries):
    few, many = closed(("satisfied",) * 5), closed(("mostly",) * 15)
    browser = sign_in("staff")
    browser.get(reverse("survey_results", args=[few.pk]))
    with django_assert_max_num_queries(25) as costs:
        browser.get(reverse("survey_results", args=[few.pk]))
    with django_assert_max_num_queries(len(costs)):
        browser.get(reverse("survey_results", args=[many.pk]))


def test_all_surveys_are_of_a_known_state():
    assert set(Survey.objects.values_list("state", flat=True)) <= {"draft", "open", "closed"}


def test_a_plan_counts_surveys_members_and_the_rate(closed, town):
    closed(), closed(purpose="facts")
    asked = [Ask("surveys"), Ask("surveys", Metric.PERSON_TIMES), Ask("surveys", Metric.PERCENT)]
    found = ask([*asked, Ask("surveys", filters={"purpose": "facts"})], {town.pk}, THIS_YEAR)
    assert [(each.value, each.unit) for each in found] == [(2, "次"), (12, "人次"), (80, "%"), (1, "次")]
