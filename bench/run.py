"""Measures the pages on the bulk data: `script/manage bulk --scale 1`, then `script/bench`.

    script/bench --requests 100      more requests for each page
    script/bench --write             puts the table into docs/performance.md

Ends with 1 when a list reads a large table from end to end, with 2 when there are no bulk data.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
if TYPE_CHECKING:
    from bench.explain import Access
    from bench.measure import Times

OUTPUT = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
COLUMNS = "| page | p50 ms | p95 ms | × floor | requests/s | SQL | kB |"


def main(arguments: list[str]) -> int:
    options = parsed(arguments)
    import django

    django.setup()
    from django.conf import settings

    from dashboard.demo import bulk

    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise wants to see it
    if not bulk.present():
        print("There are no bulk data to measure on. First:  script/manage bulk --scale 1", file=sys.stderr)
        return 2
    times, accesses = take_times(options.requests, options.workers), take_plans()
    report = "\n".join([*table(times), "", *plan_lines(accesses)])
    print(report)
    if options.write:
        OUTPUT.write_text(document(report, options) + kept(OUTPUT.read_text("utf-8")), encoding="utf-8")
    return 1 if any(access.is_wasteful for access in accesses) else 0


def parsed(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__.splitlines()[0])
    parser.add_argument("--requests", type=int, default=40, choices=range(5, 1001), metavar="5..1000")
    parser.add_argument("--workers", type=int, default=int(os.environ.get("WEB_WORKERS", "2")))
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    return parser.parse_args(arguments)


def take_times(requests: int, workers: int) -> list[Times]:
    """The floor first, all in the same run."""
    from bench.measure import measured, server
    from bench.pages import FLOOR, PAGES

    cookies = {who: cookie_of(who) for who in {page.who for page in (FLOOR, *PAGES)}}
    with server(workers) as port:
        return [measured(port, page, cookies[page.who], requests) for page in (FLOOR, *PAGES)]


def browser_of(who: str):
    from django.test import Client

    from accounts.models import User

    browser = Client(headers={"host": "127.0.0.1"})
    browser.force_login(User.objects.get(username=who), backend="django.contrib.auth.backends.ModelBackend")
    return browser


def cookie_of(who: str) -> str:
    from django.conf import settings

    return f"{settings.SESSION_COOKIE_NAME}={browser_of(who).cookies[settings.SESSION_COOKIE_NAME].value}"


def take_plans() -> list[Access]:
    from bench.explain import explained
    from bench.pages import PAGES

    browsers = {page.who: browser_of(page.who) for page in PAGES if page.is_list}
    return [access for page in PAGES if page.is_list for access in explained(browsers[page.who], page)]


# --- what is printed ---------------------------------------------------------------------------------------------
def table(times: list[Times]) -> list[str]:
    floor = times[0].p50
    return [COLUMNS, "|---|---:|---:|---:|---:|---:|---:|", *(line(each, floor) for each in times)]


def line(each: Times, floor: float) -> str:
    cells = (each.page.name, f"{each.p50:.0f}", f"{each.p95:.0f}", f"{each.p50 / floor:.1f}", f"{each.per_second:.0f}",
             str(each.statements), f"{each.kilobytes:.0f}")  # fmt: skip
    return f"| {' | '.join(cells)} |"


def plan_lines(accesses: list[Access]) -> list[str]:
    """How the large tables are reached, page by page, the same access once with how often."""
    found: list[str] = ["```"]
    for access, times in Counter(accesses).items():
        heading = f"{access.page}:"
        if heading not in found:
            found.append(heading)
        found.append(access.text + (f"  × {times}" if times > 1 else ""))
    wasteful = sum(access.is_wasteful for access in accesses)
    verdict = f"{wasteful} queries read a whole table." if wasteful else "No list reads a whole table for a page of it."
    return [*found, "```", "", verdict]


def kept(page: str) -> str:
    """The sections that were measured apart."""
    _, mark, rest = page.partition("\n## ")
    return mark + rest


def document(report: str, options: argparse.Namespace) -> str:
    return f"""# Performance

Measured by `script/bench --write` on a machine with {os.cpu_count()} cores that also ran the database and the load, \
{options.workers} gunicorn workers,
{options.requests} requests per page after a warm-up, on the data of `script/manage bulk --scale 1` (2,000 members,
20,000 proposals, 10,000 activities, 200,000 attendance rows in 30 offices over five years). p50 and p95 are of one
request at a time; requests per second with four at a time. The floor is a bare Django view of the same run: session,
signed-in user, one query, a table of 50 rows. Below it: how the database reaches the large tables. Counting nearly all
rows of a table reads it from end to end, and rightly so; showing fifty of them may not.

{report}
"""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
