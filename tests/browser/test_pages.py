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
#: The pages are gone through in halves, each in a process of its own. A page is loaded once on the desktop, then made
#: narrow and set in large type: both change only how it is laid out (test_homes.py asks the server for large type).
HALVES = (0, 1)
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


@pytest.mark.parametrize("half", HALVES)
def test_every_page_is_accessible_and_fits(half, visit):
    world, visitors, faults, axe = build(), {}, [], Axe()
    for row, person, is_first in list(firsts(pages()))[half::2]:
        if person not in visitors:
            visitors[person] = visit(world.people[person])
        page = opened(visitors[person], row.path(world))
        if page is None:
            continue
        uncover(page, DESKTOP)
        found = [*too_wide(page), *misnamed(page), *(inaccessible(page, axe) if is_first else [])]
        keep(page, f"desktop-{row.url}-{row.obj}")
        found += [*narrower(page, row), *larger(page, axe, row)] if is_first else []
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


def larger(page, axe: Axe, row: Row) -> list[str]:
    """The same page on a phone in large type."""
    page.evaluate("document.documentElement.classList.add('large-type')")
    uncover(page, PHONE)
    keep(page, f"large-{row.url}-{row.obj}")
    return [f"in large type: {fault}" for fault in [*too_wide(page), *inaccessible(page, axe, True)]]


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
