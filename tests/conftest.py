"""Fixtures of the whole suite. Real PostgreSQL and Redis: `script/test` starts them and sets the addresses."""

from __future__ import annotations

import pickle
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
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


#: Files whose tests share one world.
SHARING = pytest.StashKey[frozenset[Path]]()


def sharing(items: list[pytest.Item]) -> frozenset[Path]:
    """Those in which nobody needs real commits and nearly every test wants the world: the few others, such as those
    of a table, must not mind that it is there.
    """
    wanting, others, real = Counter(), Counter(), set()
    for item in items:
        marker, names = item.get_closest_marker("django_db"), getattr(item, "fixturenames", ())
        (wanting if "world" in names else others)[item.path] += "world" in names or marker is not None
        if (marker and marker.kwargs.get("transaction")) or "transactional_db" in names:
            real.add(item.path)
    return frozenset(path for path in wanting if path not in real and wanting[path] > 3 * others[path])


@pytest.hookimpl(tryfirst=True)  # before the parallel runner reads the groups
def pytest_collection_modifyitems(session: pytest.Session, items: list[pytest.Item]) -> None:
    """In a parallel run a file stays in one process, for its shared fixtures; the long page sweep is cut by screen."""
    for item in items:
        cut = item.nodeid if item.get_closest_marker("stands_alone") else item.path.as_posix()
        item.add_marker(pytest.mark.xdist_group(cut))
    session.stash[SHARING] = sharing(items)


@pytest.fixture(autouse=True, scope="session")
def private_media(tmp_path_factory):
    """Files the tests write are their own, for the whole run: shared worlds outlive a single test."""
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        yield


@pytest.fixture(scope="module")
def shared_world(request, django_db_setup, django_db_blocker):
    """The world of a whole file, built once and undone after it; None where each test builds its own."""
    if request.path not in request.session.stash[SHARING]:
        yield None
        return
    with django_db_blocker.unblock(), transaction.atomic():
        yield pickle.dumps(made_for(request.path))
        transaction.set_rollback(True)


@pytest.fixture
def world(shared_world, db, request) -> World:
    """Everything there is where it may matter, the small world for the tests of other parts.

    Building it is most of a test's time, so that a file shares one: each test gets objects of its own, and what it
    writes is rolled back.
    """
    return pickle.loads(shared_world) if shared_world else made_for(request.path)


def made_for(path: Path) -> World:
    return build_small() if path.parent.name in SMALL_WORLDS else build()


@pytest.fixture
def sign_in(world):
    """`sign_in("staff")` → a client signed in as that person of the world."""

    def client(key: str) -> Client:
        browser = Client(headers={"accept-language": "zh-hans"})
        browser.force_login(world.people[key], backend="django.contrib.auth.backends.ModelBackend")
        return browser

    return client
