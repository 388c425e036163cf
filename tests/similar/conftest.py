"""One world for all tests of a file; what a test writes is rolled back."""

from __future__ import annotations

import pytest
from django.db import transaction

from tests.world import build


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture
def world(built, db):
    return built
