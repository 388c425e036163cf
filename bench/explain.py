"""How the database answers the queries of the lists on the bulk data.

A list may not read a large table from end to end in order to show fifty rows of it, nor to count few of many. Counting
(nearly) all rows is another matter: there the sequential scan is the right plan.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.pages import Measured

LARGE = frozenset(
    {
        "proposals_proposal", "activities_activity", "activities_attendance", "opinions_opinionreport",
        "handling_assignment", "handling_clock", "handling_reply", "handling_feedback",
    }
)  # fmt: skip
#: A scan that keeps at least this share of what it reads is no waste.
WORTH_READING_ALL = 0.1


@dataclass(frozen=True)
class Access:
    """One way into a large table: the plan node, its index if any, estimated rows."""

    page: str
    table: str
    node: str
    index: str
    rows: int
    is_wasteful: bool

    @property
    def text(self) -> str:
        mark = "  <-- reads the whole table" if self.is_wasteful else ""
        return f"  {self.table:24} {self.node:22} {self.index or '-':34} {self.rows:>7} rows{mark}"


def explained(browser: Client, page: Measured) -> list[Access]:
    """Every access to a large table in the queries of one page."""
    with CaptureQueriesContext(connection) as queries:
        browser.get(page.path)
    asked = [each["sql"] for each in queries if any(f'FROM "{table}"' in each["sql"] for table in LARGE)]
    return [access for sql in asked for access in accesses(page, sql)]


def accesses(page: Measured, sql: str) -> Iterator[Access]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}")
        plan = cursor.fetchone()[0][0]["Plan"]
    for node, is_limited in nodes(plan, False):
        if node.get("Relation Name") in LARGE:
            yield access_of(page, node, is_limited)


def nodes(plan: dict[str, Any], is_limited: bool) -> Iterator[tuple[dict[str, Any], bool]]:
    """Every node with whether only the first rows of it are wanted."""
    limited = is_limited or plan["Node Type"] == "Limit"
    yield plan, limited
    for child in plan.get("Plans", ()):
        yield from nodes(child, limited)


def access_of(page: Measured, node: dict[str, Any], is_limited: bool) -> Access:
    table, rows = node["Relation Name"], node["Plan Rows"]
    is_scan = node["Node Type"] == "Seq Scan"
    wasteful = is_scan and (is_limited or rows < size_of(table) * WORTH_READING_ALL)
    return Access(page.name, table, node["Node Type"], node.get("Index Name", ""), rows, wasteful)


def size_of(table: str) -> float:
    """As the statistics know it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = %s", [table])
        return cursor.fetchone()[0]
