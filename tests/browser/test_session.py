"""The warning before an idle session ends, and the button that lets it go on."""

import pytest
from django.test import override_settings

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@override_settings(SESSION_IDLE_SECONDS={"default": 4}, SESSION_WARNING_SECONDS=2)
def test_an_idle_page_warns_and_goes_on(visit, world):
    page = visit(world.people["staff"]).go("/notices/")
    warning = page.get_by_role("dialog", name="长时间没有操作，即将退出")
    warning.wait_for(timeout=8000)
    page.get_by_role("button", name="继续使用").click()
    warning.wait_for(state="hidden")
    page.get_by_role("link", name="首页").first.click()
    assert page.get_by_role("heading", level=1).inner_text() != "登录"


@override_settings(SESSION_IDLE_SECONDS={"default": 4}, SESSION_WARNING_SECONDS=2)
def test_too_late_is_said_where_the_text_still_stands(visit, world):
    visitor = visit(world.people["staff"])
    page = visitor.go("/notices/")
    page.get_by_role("dialog").wait_for(timeout=8000)
    visitor.context.clear_cookies()
    page.get_by_role("button", name="继续使用").click()
    page.get_by_role("alert").wait_for()
