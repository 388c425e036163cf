"""Debian's Chromium through Playwright, against the real server on the test database."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from accounts.models import User

# Playwright runs an event loop in this thread; the ORM is still only used between its calls.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
DESKTOP = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 640}
#: What axe checks: WCAG 2.2 AA and its best practices.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--no-first-run"]  # fmt: skip


#: Chromium without the windows around its pages: the same engine, a third less work than the whole browser.
EXECUTABLE = "/usr/bin/chromium-headless-shell"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=EXECUTABLE, args=QUIET)
        yield browser
        browser.close()


class Visitor:
    """One person at one screen. Console errors and blocked content are collected in `complaints`."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context, self.address, self.complaints = context, address, []
        self.page: Page = context.new_page()
        self.page.on("console", self.hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def hear(self, message) -> None:
        """Answers with 4xx are what many a page is about; an autosave cut off by leaving the page is none."""
        harmless = "status of 4" in message.text or message.text.startswith(("htmx:sendAbort", "htmx:afterRequest"))
        if message.type == "error" and not harmless:
            self.complaints.append(message.text)

    def go(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page


@pytest.fixture
def visit(chromium, live_server) -> Iterator[Callable[..., Visitor]]:
    """`visit(user, screen=PHONE)` → a Visitor; without a user nobody is signed in."""
    contexts = []

    def open_window(user: User | None = None, *, screen: dict[str, int] = DESKTOP, large: bool = False) -> Visitor:
        context = chromium.new_context(
            viewport=screen, locale="zh-CN", timezone_id="Asia/Shanghai", has_touch=screen != DESKTOP
        )
        contexts.append(context)
        cookies = {"large_type": "1"} if large else {}
        if user is not None:
            client = Client()
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
            cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": k, "value": v, "url": live_server.url} for k, v in cookies.items()])
        return Visitor(context, live_server.url)

    yield open_window
    for context in contexts:
        context.close()
