"""The passages about calls and surveys: only what the records say, with the definition of the rate below it."""

import pytest

from calls import services as calls
from calls.services import Award
from core.clock import Span, today
from reports.documents import Composition
from reports.documents.summary.asking import call_part, survey_part
from reports.documents.summary.scope import Scope
from surveys import services as surveys
from tests import factories as make
from tests.surveys.objects import sheet, survey

pytestmark = pytest.mark.django_db


def said(parts):
    return "".join(
        text for part in parts for block in part.blocks if hasattr(block, "parts") for text, _ in block.parts
    )


@pytest.fixture
def scope(world):
    return Scope(frozenset({world.offices["town"].pk}), Span.year(today().year))


def test_prizes_and_presentations_in_one_sentence(world, scope):
    call, entry = world["call.judging"], world["entry.judging"]
    calls.award(call=call, awards={entry.pk: Award("second", "oral")}, groups={"organisation": "第一联络组"},
                by=world.people["staff"])  # fmt: skip
    found = Composition("总结", "联络处")
    assert "二等奖" not in said(call_part(Composition("总结", "联络处"), scope))
    calls.publish(call=call, rest="reject", by=world.people["staff"])
    text = said(call_part(found, scope))
    assert "评出一等奖1篇、二等奖1篇、组织奖1个。" in text and "在会上交流口头发言1篇。" in text
    assert found.figures["submissions"] == 4


def test_the_rate_stands_with_its_date_and_definition(world, scope):
    town = world.offices["town"]
    members = [make.MemberFactory(office=town, term=world["member.owner"].term) for _ in range(5)]
    made = survey(town, members)
    for member in members:
        sheet(made, "mostly", member)
    surveys.close(survey=made, by=world.people["staff"])
    text = said(survey_part(Composition("总结", "联络处"), scope))
    assert "收到答卷5份，满意率100%。" in text and "满意率＝（满意＋基本满意）" in text


def test_a_year_without_any_says_nothing(world, scope):
    last_year = Scope(scope.office_ids, Span.year(2001))
    assert call_part(Composition("总结", ""), last_year) == survey_part(Composition("总结", ""), last_year) == []
