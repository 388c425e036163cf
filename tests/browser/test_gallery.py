"""The components in a real browser: sizes, contrast, keys, and what the script adds."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings

from tests.chromium import DESKTOP, NARROW, PHONE, RULES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHOWS = ["", "list", "list-empty", "form", "form-errors", "board", "public"]
SCREENS = {"desktop": DESKTOP, "phone": PHONE, "narrow": NARROW}

SMALLEST_TEXT = """() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    let smallest = 99;
    while (walker.nextNode()) {
        const around = walker.currentNode.parentElement;
        if (!walker.currentNode.data.trim() || !around.getClientRects().length) continue;
        if (around.closest(".visually-hidden, svg")) continue;
        smallest = Math.min(smallest, parseFloat(getComputedStyle(around).fontSize));
    }
    return smallest;
}"""

SMALL_TARGETS = """(least) => [...document.querySelectorAll("a, button, summary, select, textarea, input")]
.filter(e => {
    const box = (e.matches(".form-check-input") ? e.parentElement : e).getBoundingClientRect();
    if (!box.width || e.type === "hidden" || e.closest("p, .visually-hidden, .skip-link")) return false;
    return box.height < least - 0.5;
}).map(e => e.tagName + " " + e.className + " " + e.textContent.trim().slice(0, 20))"""


@pytest.mark.parametrize("large", [False, True], ids=["normal", "large type"])
@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS)
def test_components_are_accessible_fit_and_can_be_hit(visit, screen, large):
    visitor, axe, faults = visit(screen=screen, large=large), Axe(), []
    for show in SHOWS:
        page = visitor.go(f"/gallery/?show={show}")
        unroll(page)
        faults += [f"{show}: {fault}" for fault in measured(page, screen, large)]
        if screen is not NARROW:  # laid out like the phone
            faults += [f"{show}: {fault}" for fault in inaccessible(page, axe)]
    assert [*faults, *visitor.complaints] == []


def inaccessible(page, axe: Axe) -> list[str]:
    found = axe.run(page, options={"runOnly": RULES, "resultTypes": ["violations"]}).response["violations"]
    return [f"{each['id']} {each['nodes'][0]['html'][:90]}" for each in found]


def unroll(page) -> None:
    """The whole page at once: what the phone's tab bar happens to cover is no fault of the page."""
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": page.viewport_size["width"], "height": height + 200})


def measured(page, screen: dict[str, int], large: bool) -> list[str]:
    faults = []
    if (excess := page.evaluate("document.documentElement.scrollWidth - innerWidth")) > 0:
        faults.append(f"{excess} px wider than the screen")
    if (size := page.evaluate(SMALLEST_TEXT)) < (24 if large else 16):
        faults.append(f"text of {size} px")
    if large or screen is not DESKTOP:
        faults += page.evaluate(SMALL_TARGETS, 60 if large and screen is not DESKTOP else 44)
    return faults


# --- what the script adds --------------------------------------------------------------------------------------------
@pytest.fixture
def form(visit, world):
    visitor = visit(world.people["staff"])
    return visitor.go("/gallery/?show=form")


def test_text_is_saved_on_leaving_the_field_and_counted(form):
    form.fill("#id_body", "一　二 三\n四")
    form.focus("#id_title")
    form.wait_for_selector(".autosave-saved")
    assert "已自动保存" in form.inner_text("#autosave-status")
    assert form.inner_text("#id_body_count") == "已输入 4 字 / 建议 1500 字"


def test_somebody_signed_out_keeps_the_text_and_is_told(form):
    form.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    form.fill("#id_title", "关于河道的建议")
    form.focus("#id_body")
    form.wait_for_selector(".autosave-failed a")
    assert "登录已经失效" in form.inner_text("#autosave-status")
    assert form.input_value("#id_title") == "关于河道的建议"


def test_without_a_connection_a_press_keeps_the_text_until_it_is_back(form):
    form.fill("#id_title", "关于河道的建议")
    form.context.set_offline(True)
    form.press("#id_title", "Control+Enter")
    form.wait_for_function("document.querySelector('#autosave-status').innerText.includes('网络断了')")
    assert form.input_value("#id_title") == "关于河道的建议"
    form.context.set_offline(False)
    form.wait_for_selector(".autosave-saved")


def test_a_second_press_sends_nothing(form):
    sent = []
    form.route("**/gallery/**", lambda route: (sent.append(1), route.fulfill(status=204)))
    form.click("text=提交提案")
    form.evaluate("document.querySelector('.form-sheet').requestSubmit()")
    form.wait_for_timeout(200)
    assert len(sent) == 1


def test_leaving_unsaved_text_is_asked_about(form):
    asked = []
    form.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    form.route("**/drafts/**", lambda route: route.abort())
    form.fill("#id_title", "关于")
    form.type("#id_title", "河道")
    form.close(run_before_unload=True)
    form.wait_for_timeout(300)
    assert asked == ["beforeunload"]


def test_rows_are_added_and_numbered(visit):
    page = visit().go("/gallery/")
    page.click("[data-formset-add]")
    assert page.locator(".formset-row").count() == 2
    assert page.input_value("#id_targets-TOTAL_FORMS") == "2"
    assert page.evaluate("document.activeElement.name") == "targets-1-label"


def test_keys_reach_search_and_close_menus(visit):
    page = visit().go("/gallery/?show=list")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.set_viewport_size(PHONE)
    page.click(".navmenu summary")
    page.keyboard.press("Escape")
    assert page.locator(".navmenu[open]").count() == 0


def test_first_key_offers_the_main_part(visit):
    page = visit().go("/gallery/?show=list")
    page.keyboard.press("Tab")
    page.wait_for_timeout(100)
    assert page.evaluate("document.activeElement.className") == "skip-link"
