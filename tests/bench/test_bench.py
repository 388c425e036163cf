"""The benchmark's own arithmetic, its verdict on query plans, and one small run against a real server."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from accounts.models import User
from bench import explain, measure
from bench.explain import Access
from bench.measure import Times
from bench.pages import FLOOR, PAGES, Measured
from bench.run import document, parsed, plan_lines, table


def test_percentiles_are_values_that_were_measured():
    times = [float(each) for each in range(1, 101)]
    assert (measure.share(times, 0.5), measure.share(times, 0.95), measure.share([7.0], 0.95)) == (50.0, 95.0, 7.0)


def test_pages_are_compared_with_the_floor():
    rows = table([Times(FLOOR, 10, 12, 90, 3, 5), Times(PAGES[0], 35, 40, 30, 15, 50)])
    assert rows[-1] == "| home, office staff | 35 | 40 | 3.5 | 30 | 15 | 50 |"


def test_requests_are_bounded():
    with pytest.raises(SystemExit):
        parsed(["--requests", "100000"])


def test_equal_accesses_are_counted_once():
    access = Access("activities", "activities_activity", "Index Scan", "activity_newest", 50, False)
    lines = plan_lines([access, access])
    assert len([line for line in lines if "activity_newest" in line]) == 1
    assert lines[2].endswith("× 2")


def test_the_written_page_names_the_cores_and_no_path():
    text = document("table", parsed([]))
    assert f"{os.cpu_count()} cores" in text and os.getcwd() not in text


@pytest.fixture
def browser(db, settings):
    call_command("bulk", scale=0.05, verbosity=0)
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(User.objects.get(username="bulk-staff"), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_reading_a_whole_table_for_one_page_is_found(browser):
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX activity_newest")
        cursor.execute("SET LOCAL enable_indexscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
    found = explain.explained(browser, Measured("bulk-staff", "/activities/", "activities", True))
    assert any(access.is_wasteful and access.table == "activities_activity" for access in found)


def test_counting_all_rows_of_a_table_is_no_waste(db):
    node = {"Node Type": "Seq Scan", "Relation Name": "activities_activity", "Plan Rows": 1000}
    page = Measured("bulk-staff", "/activities/", "activities", True)
    assert not explain.access_of(page, node, is_limited=False).is_wasteful
    assert explain.access_of(page, node, is_limited=True).is_wasteful


def test_every_measured_page_answers(browser):
    for page in PAGES:
        client = Client(headers={"host": "127.0.0.1"})
        client.force_login(User.objects.get(username=page.who), backend="django.contrib.auth.backends.ModelBackend")
        assert client.get(page.path).status_code == 200, page


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_without_bulk_data_it_says_what_to_do():
    address = connection.settings_dict
    url = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**address)
    done = subprocess.run(
        [sys.executable, "bench/run.py", "--requests", "5"],
        env={**os.environ, "DATABASE_URL": url, "PYTHONPATH": "."}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, "script/manage bulk" in done.stderr) == (2, True), done.stderr
