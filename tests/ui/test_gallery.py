"""Every component is on a gallery page, and the pages obey the rules that hold for every page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

SHOWS = ["", "list", "list-empty", "form", "form-errors", "board", "public"]


@pytest.fixture
def page(client, db):
    return lambda show: client.get(reverse("gallery"), {"show": show}).content.decode()


@pytest.mark.parametrize("show", SHOWS)
def test_page_has_language_one_heading_and_a_main_part(page, show):
    html = page(show)
    assert 'lang="zh-CN"' in html and html.count("<h1") == 1 and 'id="main"' in html
    assert 'class="skip-link" href="#main"' in html


@pytest.mark.parametrize("show", SHOWS)
def test_page_has_no_inline_style_script_or_handler(page, show):
    html = page(show)
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", html)
    assert not re.search(r"<script(?![^>]*\ssrc=)", html)


@pytest.mark.parametrize("show", SHOWS)
def test_ids_are_unique(page, show):
    found = re.findall(r'\sid="([^"]+)"', re.sub(r"<template>.*?</template>", "", page(show), flags=re.DOTALL))
    assert len(found) == len(set(found))


@pytest.mark.parametrize("show", SHOWS)
def test_large_type_is_a_class_of_the_document(client, db, show):
    client.cookies["large_type"] = "1"
    assert 'class="large-type"' in client.get(reverse("gallery"), {"show": show}).content.decode()


def test_wrong_form_says_so_in_the_title(page):
    assert "<title>有错误：撰写提案" in page("form-errors")


def test_form_carries_what_makes_it_safe(page):
    html = page("form")
    for name in ("idempotency_key", "version", "draft_key", "csrfmiddlewaretoken"):
        assert f'name="{name}"' in html
    assert "hx-post" in html and "data-guard" in html


@pytest.mark.parametrize("sheet", sorted((Path(settings.ROOT) / "static/css").glob("*.css"), key=str))
def test_style_sheets_stay_readable(sheet):
    assert len(sheet.read_text().splitlines()) <= 400
