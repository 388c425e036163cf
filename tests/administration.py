"""What the administration pages of tests.world look at: accounts, roles, basic data, the trail."""

from __future__ import annotations

from datetime import date
from typing import Any

from audit.services import record
from organisation.models import Code, Committee, DaysOff, Rule
from tests import factories as make


def add_administration(world: Any) -> None:
    county, town, people = world.offices["county"], world.offices["town"], world.people
    for key in ("staff", "owner", "sysadmin", "secadmin"):
        world.objects[f"account.{key}"] = people[key]
        world.objects[f"posting.{key}"] = people[key].postings.get()
    world.objects["account.disabled"] = people["disabled"]
    world.objects["account.new"] = make.UserFactory(username="newcomer", name="新同事", must_change_password=True)
    world.objects["office.county"], world.objects["office.town"] = county, town
    world.objects["term"] = world["session"].term
    world.objects["sector"] = make.SectorFactory(office=county, name="经济界")
    world.objects["committee"] = Committee.objects.create(office=county, name="提案委员会")
    world.objects["code.shipped"] = Code.objects.create(
        kind="test_kind", code="a", label="预设条目", starts=date(2000, 1, 1)
    )
    world.objects["code.own"] = Code.objects.create(
        kind="test_kind", code="b", label="自定条目", starts=date(2026, 1, 1), office=town
    )
    Rule.objects.create(key="test.days", value=10, starts=date(2000, 1, 1), note="预设")
    world.objects["entry.town"] = record("office.update", town, by=people["head"], detail={"phone": ["", "8001"]})
    world.objects["days.shipped"] = DaysOff.objects.create(
        kind="rest", name="预设假日", first=date(2031, 5, 1), last=date(2031, 5, 3)
    )
    world.objects["days.town"] = DaysOff.objects.create(
        kind="rest", name="本地节日", first=date(2031, 6, 1), last=date(2031, 6, 1), office=town
    )
