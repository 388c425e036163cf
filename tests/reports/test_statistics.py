"""Statistics for leaders: figures by hand, equal to the summary's and to the lists they open; who sees whom."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from openpyxl import load_workbook

from core.clock import Span
from core.errors import DomainError
from core.pdf.blocks import Table
from dashboard import leader
from handling.models import Clock
from organisation.models import Office, Rule
from organisation.selectors import descend
from plans import rollup
from reports.documents import documents
from reports.statistics import drawing, pages
from reports.statistics.comparison import SIBLINGS
from reports.statistics.kinds import BY_KEY, KINDS, KeyFigure
from reports.statistics.pages import ALL, Asked
from reports.statistics.periods import Period, chosen
from tests import factories as make
from tests.reports.objects import Handled, handled, worker

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)
AS_OF = timezone.make_aware(datetime(2026, 11, 22, 12))


@dataclass
class County:
    case: Handled
    offices: dict[str, Office] = field(default_factory=dict)
    people: dict[str, Any] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Office:
        return self.offices[key]


def held(office, month, day, *attendance, year=2026, **values):
    made = make.ActivityFactory(office=office, starts_at=make.moment(month, day, year=year), **values)
    for member, state in attendance:
        make.AttendanceFactory(activity=made, member=member, state=state)
    return made


@pytest.fixture
def county() -> County:
    """A county with two towns; three activities this year, one of them held by both towns."""
    case = handled()
    found = County(case, {"county": case.office, "east": town(case, "东镇", "F1"), "west": town(case, "西镇", "F2")})
    term = case.session.term
    east = [make.MemberFactory(office=found["east"], term=term, name=name) for name in ("甲", "乙")]
    west = make.MemberFactory(office=found["west"], term=term, name="丙")
    found.people = {"first": case.people["first"].member, "second": case.people["second"].member,
                    "east": east[0], "other": east[1], "west": west}  # fmt: skip
    add_activities(found)
    add_submissions(found)
    plan = make.PlanFactory(office=case.office)
    make.TargetFactory(plan=plan, amount=2)
    make.TargetFactory(plan=plan, amount=4)
    make.TargetFactory(plan=make.PlanFactory(office=found["east"]), amount=5)
    return found


def town(case, name, code):
    return make.OfficeFactory(parent=case.office, short_name=name, code=code)


def add_activities(found: County) -> None:
    people = found.people
    held(found["county"], 4, 10, (people["first"], "present"), (people["second"], "absent"))
    held(found["east"], 2, 5, (people["east"], "present"), (people["other"], "late"))
    joint = held(found["east"], 9, 1, (people["east"], "present"), (people["west"], "leave"))
    joint.partner_offices.add(found["west"])
    held(found["east"], 10, 1, (people["east"], "present"), state="preparing")
    held(found["east"], 3, 3, (people["east"], "present"), year=2025)
    held(found["east"], 12, 20, (people["east"], "present"), year=2025)


def add_submissions(found: County) -> None:
    """Beside the two proposals of county members, one of them answered in time and judged badly."""
    given = {"office": found["county"], "home_office": found["east"], "session": found.case.session}
    make.ProposalFactory(**given, category="society")
    make.ProposalFactory(**given, state="filed", case_no=90, filed_at=make.moment(3, 9, year=2025),
                         submitted_at=make.moment(3, 3, year=2025))  # fmt: skip
    Clock.objects.create(
        proposal=found.case.proposal, assignment=found.case.lead, stage="reply", started_on=date(2026, 3, 1), amount=3,
        unit="months", due_on=date(2099, 1, 1), stopped_on=date(2026, 5, 6), outcome="met",
    )  # fmt: skip
    make.OpinionFactory(office=found["east"])
    make.OpinionFactory(office=found["east"], state="accepted", decided_at=make.moment(6, 9))
    make.OpinionFactory(office=found["west"], submitted_at=make.moment(5, 5, year=2025))


def counted(office, part="year", year=2026, day=DAY, **more):
    known = list(Office.objects.filter(pk__in=descend(office.pk)).select_related("parent"))
    return pages.counted(Asked(None, office, Period(year, part, day), known, **more))


def values(of) -> dict[str, tuple]:
    return {each.kind.key: (each.value, each.last) for each in of.figures}


def test_the_figures_of_the_whole_county(county):
    assert values(counted(county["county"])) == {
        "targets": (1, None), "activities": (3, 1), "person_times": (4, 1), "attendance": (66.6, 100),
        "members": (3, 1), "collected": (3, 1), "filed": (2, 1), "filing_rate": (66.6, 100.0), "on_time": (100.0, None),
        "satisfaction": (0.0, None), "kept": (None, None), "opinions": (2, 1), "accepted": (1, 0), "adoption": (50, 0),
    }  # fmt: skip


def test_the_figures_of_a_town(county):
    found = values(counted(county["east"]))
    assert [found[key][0] for key in ("targets", "activities", "person_times", "attendance", "members")] == [
        0, 2, 3, 75, 2,
    ]  # fmt: skip
    assert found["collected"] == (1, 1) and found["filing_rate"] == (0.0, 100.0)


def test_without_the_offices_below_only_its_own_members_count(county):
    found = values(counted(county["county"], own=True))
    assert (found["activities"][0], found["collected"][0], found["filing_rate"][0]) == (1, 2, 100.0)


def test_the_page_and_the_summary_never_disagree(county):
    figures = documents.get("annual_summary").compose(county["county"], 2026, AS_OF).figures
    same = {"activities": "activities", "activities.person_times": "person_times", "activities.members": "members",
            "activities.rate": "attendance", "proposals": "collected", "proposals.rate": "filing_rate",
            "opinions": "opinions", "opinions.accepted": "accepted", "opinions.rate": "adoption",
            "targets.met": "targets"}  # fmt: skip
    found = values(counted(county["county"]))
    assert {key: figures[key] for key in same if key in figures} == {key: found[mine][0] for key, mine in same.items()}
    assert figures["targets"] == counted(county["county"]).now.summary.total == 2


def test_the_home_page_and_the_plans_never_disagree(county):
    found = values(counted(county["county"]))
    home = [each.value for each in leader.year_figures(descend(county["county"].pk), 2026)]
    assert home == [str(found[key][0]) for key in ("activities", "person_times", "collected", "opinions")]
    lines = rollup.lines(rollup.tree(county["county"]), 2026)
    assert [line.summary.met for line in lines] == [1, 0, 0]


def test_every_figure_opens_the_records_it_counts(county, sign_in_as):
    client = sign_in_as(county.case.people["leader"])
    for office, own in (("county", False), ("east", False), ("county", True)):
        figures = {each.kind.key: each for each in counted(county[office], own=own).figures}
        for key in ("activities", "collected", "filed", "opinions", "accepted"):
            page = client.get(figures[key].url).content.decode()
            shown = re.search(r'共 <span class="num">(\d+)</span> 条', page)
            assert (int(shown[1]) if shown else 0) == figures[key].value, (office, own, key)


# --- the span ----------------------------------------------------------------------------------------------------
def test_a_span_under_way_is_compared_with_the_same_days():
    half = Period(2026, "h1", date(2026, 2, 28))
    assert half.now == Span(date(2026, 1, 1), date(2026, 6, 30))
    assert half.last == Span(date(2025, 1, 1), date(2025, 2, 28)) and half.as_of == date(2026, 2, 28)
    assert Period(2024, "m02", date(2024, 2, 29)).last == Span(date(2023, 2, 1), date(2023, 2, 28))
    assert Period(2028, "year", date(2028, 2, 29)).last.last == date(2027, 2, 28)


def test_a_span_that_is_over_is_compared_as_a_whole():
    over = Period(2025, "q4", DAY)
    assert over.last == Span(date(2024, 10, 1), date(2024, 12, 31)) and not over.until
    assert (over.words, over.last_words) == ("2025年四季度", "2024年四季度")


@pytest.mark.parametrize("year, part", [("", ""), ("x", "m13"), ("99999", "year"), ("0000", "'"), ("٢٠٢٥", "h3")])
def test_what_nobody_can_have_meant_is_the_current_year(year, part):
    assert chosen(year, part) == Period(timezone.localdate().year)


def test_a_quarter_counts_its_own_days(county):
    found = values(counted(county["county"], part="q3"))
    assert (found["activities"], found["collected"], found["members"]) == ((1, 0), (0, 0), (1, 0))


def test_the_difference_is_said_in_words():
    def change(key, value, last):
        each = KeyFigure(BY_KEY[key], value, last)
        return each.sign, each.change, each.brief

    assert change("activities", 12, 9) == ("▲", "增加3次", "增3次")
    assert change("attendance", 88.5, 90.0) == ("▼", "下降1.5个百分点", "降1.5个百分点")
    assert change("opinions", 4, 4) == ("", "持平", "持平")
    assert change("kept", None, 50.0) == ("", "", "")


# --- the offices beside each other ---------------------------------------------------------------------------------
def row(page: str, name: str) -> list[str]:
    """The cells of an office in the comparison."""
    line = next(each for each in re.findall(r"<tr .*?</tr>", page, re.S) if f">{escape(name)}<" in each)
    return [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<td.*?</td>", line, re.S)]


def test_each_office_has_a_line_and_the_county_its_own(county, sign_in_as):
    page = sign_in_as(county.case.people["leader"]).get(reverse("statistics"), {"year": 2026}).content.decode()
    heads = re.findall(r'role="columnheader".*?<a [^>]*>(.*?)<svg', page, re.S)
    assert heads == [
        "办公室", "委员", "完成目标", "活动", "人次", "到会率", "征集", "立案率", "按期率", "满意率", "报送信息",
        "采用",
    ]  # fmt: skip
    assert row(page, "东镇")[2:8] == ["0/1", "2", "3", "75%", "1", "0%"]
    assert row(page, "西镇")[2:8] == ["—", "1", "1", "50%", "0", "—"]
    assert row(page, "云溪县政协（本级）")[2:9] == ["—", "1", "1", "50%", "2", "100%", "100%"]
    total = re.search(r"<tfoot.*</tfoot>", page, re.S)[0]
    assert [re.sub(r"<[^>]+>", "", each) for each in re.findall(r"<td.*?</td>", total, re.S)][2:8] == [
        "1/2", "3", "4", "66.6%", "3", "66.6%",
    ]  # fmt: skip


def test_per_member_divides_by_those_who_serve(county, sign_in_as):
    client = sign_in_as(county.case.people["leader"])
    page = client.get(reverse("statistics"), {"year": 2026, "per": "1"}).content.decode()
    assert row(page, "东镇")[1:5] == ["2", "1", "1.5", "75%"]
    assert "完成目标" not in re.search(r"<thead.*</thead>", page, re.S)[0]


def test_it_is_sorted_by_a_head(county, sign_in_as):
    client = sign_in_as(county.case.people["leader"])
    page = client.get(reverse("statistics"), {"year": 2026, "sort": "-person_times"}).content.decode()
    assert page.index(">东镇</a>") < page.index(">西镇</a>")
    page = client.get(reverse("statistics"), {"year": 2026, "sort": "person_times"}).content.decode()
    assert page.rindex(">西镇</a>") < page.rindex(">东镇</a>")


def test_the_workbook_holds_the_page(county, sign_in_as):
    client = sign_in_as(county.case.people["leader"])
    answer = client.get(reverse("statistics"), {"year": 2026, "export": "xlsx"})
    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert [line[:6] for line in rows[-3:]] == [
        ("东镇", 2, "0/1", 2, 3, 75), ("西镇", 1, None, 1, 1, 50), ("合计", 7, "1/2", 3, 4, 66.6),
    ]  # fmt: skip


def test_the_number_of_queries_does_not_grow_with_the_offices(county, sign_in_as):
    client = sign_in_as(county.case.people["leader"])

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(reverse("statistics"), {"year": 2026}).status_code == 200
        return len(found)

    few = queries()
    for number in range(3):
        office = town(county.case, f"第{number}镇", f"G{number}")
        make.TargetFactory(plan=make.PlanFactory(office=office))
        held(office, 5, 5, (county.people["west"], "present"))
    assert queries() == few <= 25


# --- who sees whom -------------------------------------------------------------------------------------------------
def opened(by, office, **given):
    return by.get(reverse("statistics"), {"office": office.pk, "year": 2026, **given})


def test_other_offices_are_as_if_they_did_not_exist(county, sign_in_as):
    clerk = sign_in_as(worker(county["east"], "leader"))
    page = opened(clerk, county["east"])
    assert page.status_code == 200 and "西镇" not in page.content.decode()
    assert {opened(clerk, county[name]).status_code for name in ("county", "west")} == {404}
    assert clerk.get(reverse("statistics"), {"office": "x' OR 1"}).status_code == 404


def test_the_office_above_may_open_the_figures_but_not_the_records(county, sign_in_as):
    clerk = sign_in_as(worker(county["east"], "leader"))
    allow = {"key": SIBLINGS, "value": True, "starts": date(2020, 1, 1), "note": ""}
    own = Rule.objects.create(office=county["east"], **allow)
    assert "西镇" not in opened(clerk, county["east"]).content.decode()
    own.delete()
    Rule.objects.create(office=county["county"], **allow)
    page = opened(clerk, county["east"]).content.decode()
    assert row(page, "西镇")[3:6] == ["1", "1", "50%"] and f"office={county['west'].pk}" not in page
    assert opened(clerk, county["west"]).status_code == 404


def test_those_who_do_not_lead_or_work_in_an_office_are_told_so(county, sign_in_as):
    for person in ("first", "lead_clerk"):
        assert sign_in_as(county.case.people[person]).get(reverse("statistics")).status_code == 403


# --- charts and the document -----------------------------------------------------------------------------------------
def test_charts_hold_the_same_numbers(county):
    of = counted(county["county"])
    charts = {
        each.title: {line.label: list(line.values) for line in each.rows} for each in drawing.charts_of(of.count, ALL)
    }
    assert charts["全年各月开展活动"]["3月"] == [0, 1] and charts["全年各月开展活动"]["9月"] == [1, 0]
    assert sum(now for now, _ in charts["全年各月开展活动"].values()) == 3
    assert charts["提案办理情况"] == {"待初审": [1], "已答复": [1], "已并案": [1]}
    assert charts["各类活动应到人次和到会率"] == {"视察": [4, 2]}
    assert sum(sum(pair) for pair in charts["提案分类"].values()) == 3
    assert sum(sum(pair) for pair in charts["社情民意分类"].values()) == 2


def test_a_charts_table_leads_to_the_records(county, sign_in_as):
    of = counted(county["county"])
    client = sign_in_as(county.case.people["leader"])
    states = next(each for each in drawing.charts_of(of.count, ALL) if each.title == "提案办理情况")
    for line in states.rows:
        page = client.get(line.url).content.decode()
        assert f'共 <span class="num">{line.values[0]:g}</span> 条' in page, line.label
    assert f'href="{escape(states.rows[0].url)}"' in states.wide.rows[0][0]


def test_the_document_says_what_the_page_says(county):
    found = documents.get("year_statistics").compose(county["county"], 2026, AS_OF)
    of = counted(county["county"])
    assert found.figures == {each.kind.key: each.value for each in of.figures if each.value is not None}
    assert found.facts["activities"].url == of.now.found["activities"].url
    tables = [each for each in found.blocks if isinstance(each, Table)]
    assert [line[0] for line in tables[-1].rows] == [kind.label for kind in KINDS]
    assert ("开展活动", "3次", "1次", "增加2次") in tables[0].rows
    assert ("西镇", 1, "—", "1", "1", "50%") in tables[1].rows


def test_a_year_without_records_is_no_document(county):
    with pytest.raises(DomainError, match="1999年没有可供统计的记录"):
        documents.get("year_statistics").compose(county["county"], 1999, AS_OF)


def test_every_definition_is_printed(county, sign_in_as):
    page = opened(sign_in_as(county.case.people["leader"]), county["west"]).content.decode()
    assert all(f"<dt>{kind.label}</dt><dd>{escape(kind.definition)}</dd>" in page for kind in KINDS)
    assert reverse("proposal_statistics") in page
