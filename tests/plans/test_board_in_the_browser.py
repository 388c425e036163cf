"""The board without a mouse: open an item, move it one month on, say why."""

from __future__ import annotations

import pytest
from django.urls import reverse

from plans.models import Adjustment
from tests import factories as make
from tests.chromium import NARROW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("screen", [None, NARROW], ids=["desktop", "narrow"])
def test_an_item_is_moved_by_keyboard(visit, screen):
    office = make.OfficeFactory()
    staff = make.PostingFactory(office=office, role="staff").user
    plan = make.PlanFactory(office=office, year=2090)
    item = make.ItemFactory(plan=plan, month=5, topic="座谈物业管理")
    page = visit(staff, **({"screen": screen} if screen else {})).go(reverse("plan_months", args=[plan.pk]))
    page.locator(f"#item-{item.pk} > summary").focus()
    page.keyboard.press("Enter")
    for _ in range(3):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").startswith("延后")
    page.keyboard.press("Enter")
    page.get_by_label("调整的理由").fill("与全会冲突")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**#item-{item.pk}")
    assert (Adjustment.objects.get().month, Adjustment.objects.get().reason) == (6, "与全会冲突")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
