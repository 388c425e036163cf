"""The people and the plans these tests are about."""

from __future__ import annotations

import pytest

from tests import factories as make
from tests.plans import counted  # noqa: F401  registers the measures of the tests


@pytest.fixture
def staff(world):
    return world.people["staff"]


@pytest.fixture
def head(world):
    return world.people["head"]


@pytest.fixture
def draft(world):
    return world["plan.draft"]


@pytest.fixture
def approved(world):
    return world["plan.approved"]


@pytest.fixture
def office(db):
    return make.OfficeFactory()


@pytest.fixture
def plan(office):
    return make.PlanFactory(office=office)
