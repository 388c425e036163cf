"""Lists, export, figures: a figure leads to exactly the rows it counts."""

import io
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from core.clock import Span
from members.dossier import sections
from opinions import services
from opinions.measures import OPINIONS
from opinions.models import OpinionReport
from opinions.selectors import year_figures
from plans.measures import Window
from tests import factories as make
from tests.factories import moment

pytestmark = pytest.mark.django_db
LIST = "/opinions/"
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def add(world):
    """`add("stranger", title="…")`: a submission of that member."""

    def opinion(who="owner", **values):
        member = world[f"member.{who}"]
        return make.OpinionFactory(office=member.office, member=member, **values)

    return opinion


def titles(response):
    return {row.record.title for row in response.context["table"].rows}


@pytest.mark.parametrize(
    ("person", "sees"),
    [("county_staff", {"甲", "乙"}), ("leader", {"甲", "乙"}), ("staff", {"甲"}), ("other_staff", {"乙"}),
     ("owner", {"甲", "丙"}), ("stranger", {"乙"})],
)  # fmt: skip
def test_who_sees_what(person, sees, sign_in, add):
    add("owner", title="甲")
    add("stranger", title="乙")
    add("owner", title="丙", state="draft", submitted_at=None)
    assert titles(sign_in(person).get(LIST)) & {"甲", "乙", "丙"} == sees


@pytest.mark.parametrize(
    ("query", "found"),
    [("q=积水", {"街口积水"}), ("q=oyy", {"路灯不亮"}), ("is_urgent=true", {"路灯不亮"}),
     ("state=accepted", {"街口积水"}),
     ("category=culture", {"路灯不亮"}), ("since=2026-05-01", {"路灯不亮"}),
     ("stage=accepted&since=2026-06-01", {"街口积水"}), ("stage=accepted&until=2026-05-31", set())],
)  # fmt: skip
def test_filters(query, found, sign_in, add):
    OpinionReport.objects.all().delete()
    add("owner", title="街口积水", submitted_at=moment(4, 30, 23), state="accepted", decided_at=moment(6, 1, 0))
    add("stranger", title="路灯不亮", is_urgent=True, category="culture", submitted_at=moment(5, 1, 0))
    assert titles(sign_in("county_staff").get(f"{LIST}?{query}")) == found


@pytest.mark.parametrize(("person", "path"), [("staff", LIST), ("owner", LIST), ("owner", "/opinions/mine/")])
def test_queries_do_not_grow_with_the_rows(person, path, sign_in, add, django_assert_max_num_queries):
    browser = sign_in(person)
    browser.get(path)
    with django_assert_max_num_queries(15) as few:
        browser.get(path)
    [add("owner", category="economy") for _ in range(3)]
    with CaptureQueriesContext(few.connection) as many:
        browser.get(path)
    assert len(many) == len(few)


def test_the_export_marks_urgent_ones_in_words(sign_in, add):
    add("owner", title="=2+3", is_urgent=True)
    response = sign_in("staff").get(f"{LIST}?is_urgent=true&export=xlsx")
    sheet = load_workbook(io.BytesIO(response.content)).active
    assert (sheet.max_row, sheet["A2"].value, sheet["A2"].data_type) == (2, "【急报】=2+3", "s")


def test_the_own_list_opens_drafts_for_writing(world, sign_in):
    html = sign_in("owner").get("/opinions/mine/").content.decode()
    assert f"/opinions/{world['opinion.draft'].pk}/edit/" in html
    assert html.index("等您处理") < html.index("已经提交")


@pytest.mark.parametrize("filters", [(), (("stage", "accepted"),), (("category", "economy"), ("stage", "submitted"))])
@pytest.mark.parametrize("offices", [["town"], ["town", "street"]])
def test_a_figure_leads_to_exactly_its_records(filters, offices, world, sign_in, add):
    add("owner", category="economy", submitted_at=moment(12, 31, 23))
    add("stranger", category="economy", state="accepted", submitted_at=moment(12, 31, 23, 2025),
        decided_at=moment(1, 1, 0))  # fmt: skip
    add("owner", state="declined", decided_at=moment(6, 6))
    window = Window(frozenset(world.offices[key].pk for key in offices), Span.year(2026), filters)
    counted = set(OPINIONS.records(window).values_list("pk", flat=True))
    shown = {row.record.pk for row in sign_in("county_staff").get(OPINIONS.url(window)).context["table"].rows}
    assert shown == counted and OPINIONS.parts(window).count() == len(counted)


def test_figures_of_a_year(world, add):
    OpinionReport.objects.all().delete()
    add("owner", category="economy", submitted_at=moment(2, 2), state="accepted", decided_at=moment(2, 9))
    add("owner", category="economy", submitted_at=moment(3, 2), state="declined", decided_at=moment(3, 9))
    add("stranger", submitted_at=moment(3, 5))
    found = year_figures({world.offices["town"].pk, world.offices["street"].pk}, Span.year(2026))
    assert (found.submitted, found.accepted, found.adoption_rate) == (3, 1, 33.3)
    assert [(each.label, each.total, each.done) for each in found.by_category] == [("经济发展", 2, 1), ("未分类", 1, 0)]
    assert [(each.label, each.total) for each in found.by_month] == [("2月", 1), ("3月", 2)]
    assert {each.label: each.total for each in found.by_office} == {"清溪镇联络处": 2, "南门街道联络处": 1}


def test_the_dossier_section(world):
    content = sections.get("opinions").content(world["member.owner"], world.people["staff"], 2026)
    assert [(each.label, each.value) for each in content.figures] == [("报送社情民意", 2), ("其中采用", 1)]
    stranger = sections.get("opinions").content(world["member.owner"], world.people["other_staff"], 2026)
    assert not stranger.records


@pytest.mark.parametrize(("second", "year"), [(59, 2026), (60, 2027)])
def test_the_year_changes_at_midnight_of_shanghai(second, year, world):
    text = services.Text("集市积水", "other", "情况" * 15, "建议" * 10)
    midnight = datetime(2027, 1, 1, tzinfo=SHANGHAI).timestamp()
    with time_machine.travel(midnight - 60 + second, tick=False):
        opinion = services.write(text=text, by=world.people["owner"], and_submit=True)
    window = Window(frozenset({world.offices["town"].pk}), Span.year(year))
    assert OPINIONS.records(window).filter(pk=opinion.pk).exists()
