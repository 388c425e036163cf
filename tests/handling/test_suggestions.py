"""Which units are suggested, and by what evidence."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string

from handling.models import Reply
from handling.suggestions import suggest, wished
from similar import services
from tests import factories as make
from tests.handling.objects import desk, filed

pytestmark = pytest.mark.django_db

PLAIN = {"analysis": "", "suggestions": ""}
BUS = {"subject": "关于增加夜间公交班次的提案", "background": "城东晚上八点以后没有公交，下晚班的工人只好步行回家。"}
LATE = {"subject": "关于延长晚间公交的提案", "background": "下晚班的工人晚上没有公交，步行回家。", "wished_units": ""}
LIFT = {"subject": "关于老旧小区加装电梯的提案", "background": "六层楼没有电梯，老人一个月才下一次楼。"}


@pytest.fixture
def built():
    return desk()


def past(built, number, unit, text=BUS, role="single", state="done", category=""):
    """A case of an earlier year with one unit."""
    case = filed(built.office, built.session, built.member, number, **(PLAIN | text))
    row = case.assignments.create(unit=unit, role=role, state=state, dispatched_at=make.moment(2, 1))
    if category:
        Reply.objects.create(assignment=row, state="passed", category=category, passed_at=make.moment(4, 1))
    services.index(kind="proposals", pk=case.pk)
    return case


def asked(built, **changes):
    return suggest(filed(built.office, built.session, built.member, 90, **(PLAIN | LATE | changes)), built.staff)


def test_the_unit_of_a_similar_case_with_role_and_outcome(built):
    case = past(built, 21, built.units[0], category="A")
    past(built, 22, built.units[1], LIFT)
    [one] = asked(built)
    assert (one.unit, one.wished) == (built.units[0], False)
    [told] = one.evidence
    assert (told.title, told.role, told.outcome) == (str(case), "单办", "A 已解决或基本解决")
    assert told.url == case.get_absolute_url() and one.score == told.score > 0.3


def test_more_cases_weigh_more_and_helping_weighs_half(built):
    lead, helper = built.units
    for number in (21, 22):
        case = past(built, number, lead, role="lead")
        case.assignments.create(unit=helper, role="coop", state="done", dispatched_at=make.moment(2, 1))
    first, second = asked(built)
    assert (first.unit, second.unit) == (lead, helper)
    assert second.score == pytest.approx(first.score / 2, abs=0.002)


def test_a_unit_that_gave_it_back_is_no_evidence(built):
    case = past(built, 21, built.units[0], state="revoked")
    case.assignments.create(unit=built.units[1], role="single", state="handling", dispatched_at=make.moment(3, 1))
    assert [each.unit for each in asked(built)] == [built.units[1]]


def test_the_wish_is_marked_and_kept_without_evidence(built):
    past(built, 21, built.units[0])
    found = asked(built, wished_units="请县财政局办理")
    assert [(each.unit.name, each.wished, bool(each.evidence)) for each in found] == [
        ("县交通局", False, True),
        ("县财政局", True, False),
    ]


def test_nothing_is_suggested_without_anything_to_go_by(built):
    assert asked(built) == []
    assert "没有找到可以参考" in render_to_string("handling/_suggestions.html", {"suggestions": []})


def test_the_evidence_is_shown_with_the_case(built):
    case = past(built, 21, built.units[0], category="B")
    shown = render_to_string("handling/_suggestions.html", {"suggestions": asked(built)})
    assert case.get_absolute_url() in shown and "单办，B 正在解决或列入计划" in shown


@pytest.mark.parametrize(
    ("name", "words", "means"),
    [
        ("县水利局", "水利局", True),
        ("县水利局", "建议由县水利局牵头", True),
        ("市场监督管理局", "县市场监督管理局", True),
        ("县教育局", "县教育基金会", False),
        ("县教育局", "", False),
        ("某局", "局", False),
    ],
)
def test_a_wish_names_a_unit_with_or_without_its_place(name, words, means):
    assert wished(name, words) is means
