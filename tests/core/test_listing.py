"""Lists whatever the address says."""

import pytest

from tests import factories as make

pytestmark = pytest.mark.django_db


QUERIES = ["page=-1", "page=0", "page=x", "page=999999999999", "per_page=-1", "per_page=1000000", "sort=nothing"]


@pytest.mark.parametrize("query", [*QUERIES, "since=9999-12-31&until=9999-12-31"])
def test_no_address_breaks_a_list(sign_in, query):
    for path in ("/plans/", "/proposals/", "/opinions/", "/activities/", "/members/"):
        assert sign_in("county_staff").get(f"{path}?{query}").status_code == 200


def test_the_last_day_of_the_calendar_is_a_day(sign_in):
    assert sign_in("staff").get("/activities/?from=0001-01-01&to=9999-12-31").status_code == 200
    assert sign_in("auditadmin").get("/audit/?until=9999-12-31").status_code == 200


def test_a_page_has_fifty_rows_and_an_export_all(world, sign_in):
    for year in range(2031, 2091):
        make.PlanFactory(office=world.offices["town"], year=year)
    browser = sign_in("county_staff")
    assert browser.get("/plans/?per_page=1000").content.decode().count('role="row"') == 51
    assert browser.get("/plans/?export=xlsx").status_code == 200


def test_text_no_workbook_can_hold_does_not_stop_an_export(world, sign_in):
    world["proposal.submitted"].subject = "关于\x0b垂直制表符的提案\x02"
    world["proposal.submitted"].save()
    assert sign_in("county_staff").get("/proposals/?export=xlsx").status_code == 200
