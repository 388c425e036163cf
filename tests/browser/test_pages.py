"""Every page of the URL table in a real browser: accessible, within the screen, without complaints."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error as PlaywrightError

from tests.access.table import Row
from tests.access.test_table import TABLE
from tests.chromium import DESKTOP, NARROW, PHONE, RULES
from tests.world import PEOPLE, build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.stands_alone]
#: How the pages are gone through, each in a process of its own. Ordinary ones are loaded once on the desktop and then
#: made narrow: what a phone changes there is only the room. Large type comes from the server, so it is loaded apart.
ROUNDS = {
    "desktop, first half": {"half": 0},
    "desktop, second half": {"half": 1},
    "phone in large type": {"large": True},
}
#: Screenshots are kept when a folder is named: SCREENSHOTS=var/screenshots script/test tests/browser/test_pages.py
ALBUM = os.environ.get("SCREENSHOTS", "")


def pages() -> list[tuple[Row, str]]:
    """(row, person) of every HTML page, seen by the first person who may."""
    found = []
    for row in TABLE:
        person = next((key for key in PEOPLE if row.expected(key) == 200), "")
        if row.method == "GET" and person and not row.download:
            found.append((row, person))
    return found


def firsts(found: list[tuple[Row, str]]) -> Iterator[tuple[Row, str, bool]]:
    """With whether the address is seen for the first time: another object fills the same page with other words."""
    seen: set[tuple[str, str]] = set()
    for row, person in found:
        yield row, person, (row.url, row.query) not in seen
        seen.add((row.url, row.query))


def chosen(large: bool, half: int | None) -> list[tuple[Row, str, bool]]:
    """What a round visits: an address once in large type, with every object on the desktop."""
    found = list(firsts(pages()))
    return [each for each in found if each[2]] if large else found[half::2]


@pytest.mark.parametrize("how", ROUNDS.values(), ids=ROUNDS)
def test_every_page_is_accessible_and_fits(how, visit):
    large, half = how.get("large", False), how.get("half")
    world, visitors, faults, axe, screen = build(), {}, [], Axe(), PHONE if large else DESKTOP
    for row, person, is_first in chosen(large, half):
        if person not in visitors:
            visitors[person] = visit(world.people[person], screen=screen, large=large)
        page = opened(visitors[person], row.path(world))
        if page is None:
            continue
        uncover(page, screen)
        found = [*too_wide(page), *misnamed(page), *(inaccessible(page, axe, large) if is_first else [])]
        keep(page, f"{'large' if large else 'desktop'}-{row.url}-{row.obj}")
        found += narrower(page, row) if is_first and not large else []
        faults += [f"{row.label}: {fault}" for fault in found]
    faults += [each for visitor in visitors.values() for each in visitor.complaints]
    assert faults == []


def opened(visitor, path: str):
    """The page at the address; None when the browser saves it as a file."""
    try:
        return visitor.go(path)
    except PlaywrightError as error:
        assert "Download is starting" in str(error)
        return None


def uncover(page, screen: dict[str, int]) -> None:
    """The phone's tab bar stays at the lower edge: in a window as high as the page it covers nothing."""
    page.set_viewport_size(screen)
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({**screen, "height": max(screen["height"], height + 100)})


def narrower(page, row: Row) -> list[str]:
    """The same page on a phone and on the smallest one, without loading it again."""
    found = []
    for screen in (PHONE, NARROW):
        page.set_viewport_size(screen)
        found += [f"at {screen['width']} px: {fault}" for fault in too_wide(page)]
        keep(page, f"{screen['width']}-{row.url}-{row.obj}")
    return found


def too_wide(page) -> list[str]:
    excess = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{excess} px wider than the screen"] if excess > 0 else []


def inaccessible(page, axe: Axe, large: bool = False) -> list[str]:
    """By all rules; in large type by those the size has to do with, the rest was said on the desktop."""
    only = {"type": "rule", "values": ["target-size", "scrollable-region-focusable"]} if large else RULES
    found = axe.run(page, options={"runOnly": only, "resultTypes": ["violations"]}).response["violations"]
    return [
        f"{each['id']} at {each['nodes'][0]['target']}: {each['nodes'][0]['html'][:120]}"
        for each in found
        if each["impact"] in {"serious", "critical"}
    ]


def misnamed(page) -> list[str]:
    """What axe lets pass: a placeholder for a label, two main headings, a foreign language."""
    return page.evaluate(
        """() => {
            const faults = [];
            if (document.documentElement.lang !== "zh-CN") faults.push("lang is " + document.documentElement.lang);
            const heads = document.querySelectorAll("h1").length;
            if (heads !== 1) faults.push(heads + " h1");
            for (const field of document.querySelectorAll("input:not([type=hidden]), select, textarea")) {
                if (!field.labels || !field.labels.length) {
                    if (!field.getAttribute("aria-label") && !field.getAttribute("aria-labelledby"))
                        faults.push("no label: " + field.name);
                }
            }
            return faults;
        }"""
    )


def keep(page, name: str) -> None:
    if ALBUM:
        Path(ALBUM).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{ALBUM}/{name.replace(' ', '-').strip('-')}.png", full_page=True)
