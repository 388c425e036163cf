"""One world per module: building it is most of a test's time. Every test gets its own copy and is rolled back."""

from __future__ import annotations

import copy

import pytest
from django.db import transaction

from tests.world import World, build


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture
def world(built, db) -> World:
    return copy.deepcopy(built)
