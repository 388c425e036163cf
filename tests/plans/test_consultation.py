"""The consultation plan: items by form, counted; the content is called what the form calls it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from organisation.models import Code
from plans import consultation
from plans.forms.items import ItemGrid, OneItemForm
from plans.pages import items as item_pages
from tests import factories as make
from tests.plans.posting import grid

pytestmark = pytest.mark.django_db
#: The eighteen consultations of a county's year (H39), by form.
YEAR = {"plenary": 1, "standing": 2, "chair": 4, "thematic": 1, "bimonthly": 1, "sector": 4, "proposal": 5}


def posted(row):
    """As a browser sends it."""
    return {name: str(value) for name, value in grid("items", row).items()}


@pytest.fixture
def eighteen(approved):
    for form, count in YEAR.items():
        for number in range(1, count + 1):
            make.ItemFactory(plan=approved, month=number, form=form, kind="", topic=f"{form}{number}",
                             organisers="提案委、文史委；市政协办公室")  # fmt: skip
    return approved


def test_eighteen_items_by_form_in_the_order_of_the_list(eighteen):
    groups = consultation.by_form(item_pages.standings_of(eighteen))
    assert {group.code: len(group.standings) for group in groups} == YEAR
    assert [group.code for group in groups] == list(YEAR)
    assert [group.title for group in groups][:3] == [
        "全体会议协商（1项）",
        "常委会议协商（2项）",
        "主席会议协商（4项）",
    ]


def test_several_organisers(eighteen):
    assert eighteen.items.filter(form="plenary").get().organiser_list == ["提案委", "文史委", "市政协办公室"]


def test_the_plan_page_lists_them(eighteen, sign_in):
    page = sign_in("staff").get(reverse("plan_detail", args=[eighteen.pk])).content.decode()
    assert "年度协商计划（18项）" in page and "提案办理协商（5项）" in page


def test_the_content_is_called_what_the_form_calls_it(approved):
    item = make.ItemFactory(plan=approved, form="appraisal", content="县交通局")
    assert ("评议对象", "县交通局") in item_pages.pairs(item_pages.standing_of(item))
    assert OneItemForm(item=item).fields["content"].label == "评议对象"


def test_an_office_adds_a_form_of_its_own(approved):
    for kind, label in ((consultation.FORM, "院坝协商"), (consultation.CONTENT, "协商事项")):
        Code.objects.create(kind=kind, code="yard", label=label, starts=make.date(2020, 1, 1), order=99)
    make.ItemFactory(plan=approved, form="yard")
    (group,) = consultation.by_form(item_pages.standings_of(approved))
    assert (group.title, group.content_label) == ("院坝协商（1项）", "协商事项")
    assert ("yard", "院坝协商") in ItemGrid(plan=approved).rows.forms[0].fields["form"].choices


def test_a_row_during_the_plenary_needs_no_month_and_no_kind(draft):
    row = {"part_of_month": "plenary", "form": "plenary", "topic": "协商政府工作报告"}
    form = ItemGrid(posted(row), plan=draft)
    assert form.is_valid(), form.errors
    (given,) = form.given()
    assert (given.values["month"], given.values["form"], given.values["kind"]) == (None, "plenary", "")


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"topic": "座谈", "kind": "study"}, "items-0-month"),
        ({"topic": "座谈", "month": "5"}, "items-0-kind"),
        ({"topic": "座谈", "kind": "study", "month": "5", "until_month": "4"}, "items-0-until_month"),
    ],
)
def test_what_a_row_lacks_is_said_at_its_field(draft, row, field):
    form = ItemGrid(posted(row), plan=draft)
    assert not form.is_valid() and list(form.errors) == [field]
