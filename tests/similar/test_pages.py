"""The panel of the writing page and of the review."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.urls import reverse

from similar import services, views
from tests import factories as make
from tests.similar.test_index import NIGHT, filed

pytestmark = pytest.mark.django_db

TYPED = {**NIGHT, "subject": "关于延长晚间公交时间的建议"}
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def unhurried():
    cache.clear()


def lookup(browser, data=TYPED, **headers):
    return browser.post(reverse("similar_lookup", args=["proposals"]), data, headers=headers).content.decode()


def test_the_writing_pages_ask_by_themselves_and_by_a_button(sign_in):
    browser = sign_in("owner")
    for name, kind in (("proposal_new", "proposals"), ("opinion_new", "opinions")):
        page = browser.get(reverse(name)).content.decode()
        url = reverse("similar_lookup", args=[kind])
        assert f'formaction="{url}"' in page and f'hx-post="{url}"' in page
        assert page.index('value="save"') < page.index("formaction")


def test_a_fragment_with_scripts_and_a_page_without(world, sign_in):
    row = filed(world)
    fragment, page = lookup(sign_in("stranger"), **HTMX), lookup(sign_in("stranger"))
    assert "<html" not in fragment and "<html" in page
    for text in (fragment, page):
        assert NIGHT["subject"] in text and row.full_case_label in text
        assert NIGHT["background"] not in text and world["member.owner"].name not in text


def test_the_years_are_told_from_the_second_on(world, sign_in):
    filed(world)
    assert "年里被提过" not in lookup(sign_in("stranger"), **HTMX)
    filed(world, number=8, submitted_at=make.moment(3, 3).replace(year=2024))
    assert "2024年、2026年。" in lookup(sign_in("stranger"), **HTMX)


def test_the_hint_beside_the_form_is_for_the_fragment_only(world, sign_in):
    filed(world)
    assert "（1 件）" in lookup(sign_in("stranger"), **HTMX)
    assert "similar-hint" not in lookup(sign_in("stranger"))


def test_the_author_sees_the_passages_marked(world, sign_in):
    filed(world)
    assert "<mark>" in lookup(sign_in("owner"), **HTMX)


def test_nothing_found_and_nothing_typed_are_said(world, sign_in):
    assert "没有找到类似的" in lookup(sign_in("owner"), {"subject": "", "background": "😀" * 9000}, **HTMX)
    assert "没有找到类似的" in lookup(sign_in("owner"), {}, **HTMX)


def test_markup_in_texts_is_shown_as_text(world, sign_in):
    filed(world, subject="<img src=x onerror=alert(1)>夜间公交班次")
    shown = lookup(sign_in("owner"), {**TYPED, "background": "<b>" + NIGHT["background"]}, **HTMX)
    assert "&lt;img" in shown and "<img src" not in shown


def test_too_many_lookups_are_held_back(world, sign_in, monkeypatch):
    monkeypatch.setattr(views, "TIMES", 2)
    browser = sign_in("owner")
    assert ["太频繁" in lookup(browser, **HTMX) for _ in range(3)] == [False, False, True]


def test_the_office_gets_the_panel_with_a_way_to_merge(world, sign_in):
    lead = filed(world)
    fresh = filed(world, state="submitted", case_no=None, filed_at=None)
    browser = sign_in("county_staff")
    panel = reverse("similar_of", args=["proposals", fresh.pk])
    assert panel in browser.get(fresh.get_absolute_url()).content.decode()
    shown = browser.get(panel, headers=HTMX).content.decode()
    merge = f"{reverse('proposal_act', args=[fresh.pk, 'merge'])}?into={lead.pk}"
    assert merge in shown and "同一提案人以前提过几乎相同的内容" in shown
    assert f'<option value="{lead.pk}" selected' in browser.get(merge).content.decode()


def test_the_proposers_have_no_such_panel(world, sign_in):
    row = filed(world)
    assert "similar-" not in sign_in("owner").get(row.get_absolute_url()).content.decode()


def test_an_index_that_is_behind_shows_nobody_anything(world, sign_in):
    row = filed(world)
    services.remove(kind="proposals", pks=[row.pk])
    assert "没有找到类似的" in lookup(sign_in("stranger"), **HTMX)
