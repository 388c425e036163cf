"""Fixtures of the whole suite. Real PostgreSQL and Redis: `script/test` starts them and sets the addresses."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client, override_settings

from tests import undefined
from tests.world import World, build, build_small

#: Folders whose tests have nothing to do with what becomes of a proposal.
SMALL_WORLDS = frozenset(
    {"accounts", "activities", "audit", "calls", "core", "members", "notices", "opinions", "organisation", "plans",
     "surveys", "ui"}
)  # fmt: skip
pytest_plugins = ["tests.chromium"]


def pytest_configure() -> None:
    undefined.install()
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    """Bytes are named by their length: a zip file made while collecting differs from process to process."""
    return f"{argname}-{len(val)}-bytes" if isinstance(val, bytes) else None


@pytest.hookimpl(tryfirst=True)  # before the parallel runner reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In a parallel run a file stays in one process, for its shared fixtures; the long page sweep is cut by screen."""
    for item in items:
        cut = item.nodeid if item.get_closest_marker("stands_alone") else item.path.as_posix()
        item.add_marker(pytest.mark.xdist_group(cut))


@pytest.fixture(autouse=True, scope="session")
def private_media(tmp_path_factory):
    """Files the tests write are their own, for the whole run: shared worlds outlive a single test."""
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        yield


@pytest.fixture
def world(db, request) -> World:
    """Everything there is where it may matter, the small world for the tests of other parts."""
    return build_small() if request.path.parent.name in SMALL_WORLDS else build()


@pytest.fixture
def sign_in(world):
    """`sign_in("staff")` → a client signed in as that person of the world."""

    def client(key: str) -> Client:
        browser = Client(headers={"accept-language": "zh-hans"})
        browser.force_login(world.people[key], backend="django.contrib.auth.backends.ModelBackend")
        return browser

    return client
