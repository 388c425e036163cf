"""The home page of every role in a real browser: accessible and within the screen."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests import factories as make
from tests.browser.test_pages import inaccessible, too_wide, uncover
from tests.chromium import DESKTOP, PHONE
from tests.world import build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCREENS = {
    "desktop": {"screen": DESKTOP},
    "phone": {"screen": PHONE},
    "phone in large type": {"screen": PHONE, "large": True},
}
ROLES = ("staff", "county_head", "leader", "owner", "unit", "sysadmin", "secadmin", "auditadmin")


@pytest.mark.parametrize("how", SCREENS.values(), ids=SCREENS)
def test_every_home_page_is_accessible_and_fits(how, visit):
    world, axe, faults = build(), Axe(), []
    make.TargetFactory(
        plan=world["plan.approved"], text="每名委员提交提案", measure="proposals", filters={}, scope="each_member"
    )
    for role in ROLES:
        page = visit(world.people[role], **how).go("/")
        uncover(page, how["screen"])
        faults += [f"{role}: {fault}" for fault in [*too_wide(page), *inaccessible(page, axe)]]
    assert faults == []
