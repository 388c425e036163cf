"""How fast similar texts are found among 20,000 proposals: made, indexed and measured in one transaction that is
rolled back, in whatever database is configured.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.measure import share
from bench.similarity import Case, framed, load

PROPOSALS, LOOKS, BATCH, YEARS = 20_000, 120, 2_000, 5
#: Cases whose words make up one long proposal.
MIXED = 12


def speed_lines() -> Iterator[str]:
    """Lines of the report, and nothing left behind."""
    with transaction.atomic():
        yield from measured_lines()
        transaction.set_rollback(True)


def measured_lines() -> Iterator[str]:
    people = furnish()
    began = time.perf_counter()
    from similar import services

    count = services.rebuild(kinds=["proposals"])
    yield f"index of {count} proposals built anew in {time.perf_counter() - began:.0f} s"
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    yield sizes()
    yield line("one record indexed", [timed(services.index, kind="proposals", pk=pk) for pk in sample()])
    for who, user in people.items():
        yield line(f"lookup, {who}", [timed(look, user, pk) for pk in sample()])
        yield line(f"lookup, {who}, title only", [timed(look, user, pk, bare=True) for pk in sample()])
    yield from plans(people)


def sample() -> list[int]:
    from proposals.models import Proposal

    pks = list(Proposal.objects.filter(serial_no__isnull=False).order_by("pk").values_list("pk", flat=True))
    return Random(3).sample(pks, min(LOOKS, len(pks)))


def look(user: Any, pk: int, bare: bool = False) -> None:
    from accounts.models import User
    from proposals.models import Proposal
    from proposals.similar import KIND, written
    from similar.selectors import Subject
    from similar.selectors import look as found
    from similar.sources import Written

    text = written(Proposal.objects.get(pk=pk))
    found(Subject(KIND, Written(text.title, "") if bare else text, own=pk), User.objects.get(pk=user.pk))


def timed(call: Any, *args: Any, **kwargs: Any) -> float:
    """Milliseconds."""
    began = time.perf_counter()
    call(*args, **kwargs)
    return 1000 * (time.perf_counter() - began)


def line(label: str, times: list[float]) -> str:
    ordered = sorted(times)
    return f"{label}: p50 {share(ordered, 0.5):.0f} ms, p95 {share(ordered, 0.95):.0f} ms, {len(ordered)} times"


def sizes() -> str:
    from similar.models import Census, Gram, Text

    census = Census.objects.get()
    return f"{Text.objects.count()} texts, {Gram.objects.count()} keys, {len(census.counts)} counted as common"


def plans(people: dict[str, Any]) -> Iterator[str]:
    """How the database finds the candidates: by the index of the keys, never by reading all of them."""
    from bench.explain import nodes

    with CaptureQueriesContext(connection) as queries:
        look(people["member"], sample()[0])
    for sql in [each["sql"] for each in queries if "similar_gram" in each["sql"]]:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}")
            plan = cursor.fetchone()[0][0]["Plan"]
        found = [node for node, _ in nodes(plan, False) if node.get("Relation Name") == "similar_gram"]
        yield "; ".join(f"similar_gram by {node['Node Type']} {node.get('Index Name', '')}" for node in found)


# --- the proposals -------------------------------------------------------------------------------------------------
def furnish() -> dict[str, Any]:
    """20,000 filed proposals of one committee; a member and a member of its staff."""
    from organisation.models import Office, Session, Term
    from proposals.models import Proposal

    county = Office.objects.create(code="BENCH", name="测算用政协", short_name="测算", kind=Office.Kind.COUNTY)
    today = timezone.localdate()
    dates = {"starts": today, "plenary_starts": today, "plenary_ends": today}
    term = Term.objects.create(office=county, number=1, name="第一届", starts=today)
    session = Session.objects.create(term=term, number=1, name="一届一次会议", **dates)
    chance, cases = Random(5), load()
    for first in range(0, PROPOSALS, BATCH):
        Proposal.objects.bulk_create(
            proposal(county, session, number, cases, chance) for number in range(first + 1, first + BATCH + 1)
        )
    return {who: person(county, who) for who in ("member", "staff")}


def proposal(county: Any, session: Any, number: int, cases: list[Case], chance: Random) -> Any:
    from proposals.models import Proposal

    mixed = chance.sample(cases, MIXED)
    own = [sentence for case in mixed for sentence in case.body.split("\n")[1].split("，")]
    chance.shuffle(own)
    third = len(own) // 3
    moment = timezone.now() - timedelta(days=chance.randrange(365 * YEARS))
    return Proposal(
        office=county, home_office=county, session=session, state="filed", case_no=number, serial_no=number,
        subject=mixed[0].title, submitted_at=moment, filed_at=moment, suggestions="，".join(own[-third:]),
        background=framed("，".join(own[:third]), chance), analysis="，".join(own[third:-third]),
    )  # fmt: skip


def person(county: Any, role: str) -> Any:
    from accounts.models import User
    from organisation.models import Posting

    user = User.objects.create(username=f"bench-{role}", name=role)
    Posting.objects.create(user=user, office=county, role=role, starts=timezone.localdate())
    return user
