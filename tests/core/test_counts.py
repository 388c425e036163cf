"""Many counts, one query."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.counts import together
from organisation.models import Office, Sector
from tests.factories import OfficeFactory, SectorFactory

pytestmark = pytest.mark.django_db


def test_rows_of_different_models_are_counted_at_once():
    OfficeFactory.create_batch(2)
    SectorFactory()
    asked = {"offices": Office.objects.all(), "sectors": Sector.objects.all(), "none": Sector.objects.none()}
    with CaptureQueriesContext(connection) as captured:
        found = together(asked)
    assert found == {"offices": Office.objects.count(), "sectors": 1, "none": 0}
    assert len(captured) == 1


def test_a_row_that_joins_find_twice_counts_once():
    office = OfficeFactory()
    SectorFactory.create_batch(2, office=office)
    twice = Office.objects.filter(terms__isnull=True).filter(children__isnull=True)
    assert together({"x": twice}) == {"x": twice.distinct().count()}


def test_nothing_asked_is_nothing_read(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert together({}) == {}
