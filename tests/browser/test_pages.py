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
SCREENS = {
    "desktop": {"screen": DESKTOP},
    "phone": {"screen": PHONE},
    "phone in large type": {"screen": PHONE, "large": True},
}
#: The widest and the largest; what differs between phones is only whether the page fits.
CHECKED_BY_AXE = {"desktop", "phone in large type"}
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


@pytest.mark.parametrize("how", SCREENS.values(), ids=SCREENS)
def test_every_page_is_accessible_and_fits(how, visit):
    world, visitors, faults = build(), {}, []
    axe, name = Axe(), next(key for key, value in SCREENS.items() if value == how)
    for row, person, is_first in firsts(pages()):
        if name != "desktop" and not is_first:
            continue
        if person not in visitors:
            visitors[person] = visit(world.people[person], **how)
        page = opened(visitors[person], row.path(world))
        if page is None:
            continue
        uncover(page, how["screen"])
        found = [
            *too_wide(page),
            *misnamed(page),
            *(inaccessible(page, axe) if is_first and name in CHECKED_BY_AXE else []),
        ]
        found += narrower(page) if name == "phone" else []
        faults += [f"{row.label}: {fault}" for fault in found]
        keep(page, f"{name}-{row.url}-{row.obj}")
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


def narrower(page) -> list[str]:
    """The same page on the smallest phone, without loading it again."""
    page.set_viewport_size(NARROW)
    return [f"at 320 px: {fault}" for fault in too_wide(page)]


def too_wide(page) -> list[str]:
    excess = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{excess} px wider than the screen"] if excess > 0 else []


def inaccessible(page, axe: Axe) -> list[str]:
    found = axe.run(page, options={"runOnly": RULES, "resultTypes": ["violations"]}).response["violations"]
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
