"""Law 1: every URL × every role has an expected status; a new URL without a row fails."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.models import User
from tests.access import rows
from tests.access.table import Row
from tests.world import PEOPLE, build

pytestmark = pytest.mark.django_db

TABLE: list[Row] = [
    row
    for module in pkgutil.iter_modules(rows.__path__)
    for row in importlib.import_module(f"{rows.__name__}.{module.name}").ROWS
]


def url_names(resolver: URLResolver) -> set[str]:
    names = set()
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            names.add(entry.name)
        else:
            names |= url_names(entry)
    return names


@pytest.fixture(scope="module")
def shared(django_db_setup, django_db_blocker):
    """One world and one signed-in browser per person for all rows; every request is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = build()
        browsers = {key: signed_in(world.people[key]) for key in [*PEOPLE, "disabled"]}
        yield world, {**browsers, "anonymous": Client()}
        transaction.set_rollback(True)


def signed_in(user: User) -> Client:
    browser = Client()
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return browser


def ask(browser: Client, method: str, path: str, data: dict[str, str] | None = None) -> HttpResponse:
    """The answer; whatever the request wrote is undone and the browser's cookies stay as they were."""
    cookies = browser.cookies.copy()
    point = transaction.savepoint()
    try:
        return browser.post(path, data or {}) if method == "POST" else browser.get(path)
    finally:
        transaction.savepoint_rollback(point)
        browser.cookies = cookies


def test_every_url_has_a_row():
    assert url_names(get_resolver()) - {row.url for row in TABLE} == set()


@pytest.mark.parametrize("row", TABLE, ids=[row.label for row in TABLE])
def test_each_role_gets_what_the_table_says(row, shared):
    world, browsers = shared
    path = row.path(world)
    got = {key: ask(browser, row.method, path, row.data).status_code for key, browser in browsers.items()}
    expected = {key: row.expected(key) for key in PEOPLE}
    assert got == expected | {"anonymous": row.public, "disabled": row.public}


OBJECT_ROWS = [row for row in TABLE if row.obj and row.args is None and not row.obj.startswith("job.")]


@pytest.mark.parametrize("row", OBJECT_ROWS, ids=[row.label for row in OBJECT_ROWS])
def test_a_foreign_object_answers_like_a_missing_one(row, shared):
    world, browsers = shared
    strangers = [key for key in PEOPLE if row.expected(key) == 404]
    for key in strangers[:1]:
        foreign = ask(browsers[key], row.method, row.path(world), row.data)
        missing = ask(browsers[key], row.method, row.missing_path(), row.data)
        assert (foreign.status_code, bare(foreign)) == (missing.status_code, bare(missing))


def bare(response: HttpResponse) -> bytes:
    """The page without what differs between any two requests: addresses, tokens, request numbers."""
    return re.sub(rb'(value|href|content)="[^"]*"', b"", response.content)
