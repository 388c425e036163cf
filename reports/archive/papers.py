"""Which letters and sheets of a year's proposals are final: made after the record had come to its end.

A letter printed while the reply was still a draft does not belong into the archive; one printed afterwards does, the
newest of each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import groupby

from django.db.models import Max, QuerySet

from activities.enums import COUNTED
from activities.models import Activity
from activities.models.activity import held_by
from core.clock import Span
from handling.enums import ANSWERING, SENT, AssignmentRole, ReplyState
from handling.models import Assignment, Reply
from organisation.models import Office
from organisation.selectors import descend
from proposals.enums import FILED, ProposalState
from proposals.models import Proposal
from proposals.selectors import of_offices
from reports.models import Paper
from reports.papers import kinds

#: (record, part) → since when its document is final; part None: whatever part.
Final = dict[tuple[int, int | None], datetime]
DECIDED = FILED | {ProposalState.NOT_FILED}


def decided(office: Office, year: int) -> QuerySet[Proposal]:
    first, end = Span.year(year).moments
    rows = of_offices(Proposal.objects.filter(state__in=DECIDED), descend(office.pk))
    return rows.filter(decided_at__gte=first, decided_at__lt=end) | rows.filter(filed_at__gte=first, filed_at__lt=end)


def of_proposals(proposals: QuerySet[Proposal]) -> Final:
    rows = proposals.values_list("pk", "filed_at", "decided_at")
    return {(pk, None): filed or decided for pk, filed, decided in rows}


def of_assignments(proposals: QuerySet[Proposal]) -> Final:
    rows = Assignment.objects.filter(proposal__in=proposals.values("pk"), state__in=SENT)
    return {(pk, None): moment for pk, moment in rows.values_list("pk", "dispatched_at") if moment}


def of_units(proposals: QuerySet[Proposal]) -> Final:
    rows = Assignment.objects.filter(proposal__in=proposals.values("pk"), state__in=SENT)
    last = rows.values("unit_id", "proposal__session_id").order_by().annotate(last=Max("dispatched_at"))
    return {(row["unit_id"], row["proposal__session_id"]): row["last"] for row in last if row["last"]}


def of_replies(proposals: QuerySet[Proposal]) -> Final:
    rows = Reply.objects.filter(
        assignment__proposal__in=proposals.values("pk"), assignment__role__in=ANSWERING, state=ReplyState.PASSED
    )
    return {(pk, None): moment for pk, moment in rows.values_list("pk", "passed_at")}


def of_opinions(proposals: QuerySet[Proposal]) -> Final:
    rows = Reply.objects.filter(
        assignment__proposal__in=proposals.values("pk"), assignment__role=AssignmentRole.COOP, sent_at__isnull=False
    )
    return {(pk, None): moment for pk, moment in rows.values_list("pk", "sent_at")}


def of_activities(office: Office, year: int, since: str) -> Final:
    """Those that took place; `since` names the field from which on a document counts."""
    rows = Activity.objects.filter(held_by(descend(office.pk)), state__in=COUNTED).within(Span.year(year))
    return {(pk, None): moment for pk, moment in rows.values_list("pk", since)}


#: Paper kind → its final records. Every kind is in one of these three (`tests/reports/test_archive.py`).
BY_PROPOSAL: dict[str, Callable[[QuerySet[Proposal]], Final]] = {
    "proposal_text": of_proposals,
    "filing_notice": of_proposals,
    "dispatch_list": of_units,
    "dispatch_letter": of_assignments,
    "coop_letter": of_opinions,
    "reply_letter": of_replies,
    "opinion_sheet": of_replies,
    "handling_sheet": of_proposals,
}
#: Paper kind → since when it counts: a notice goes out before the activity, the others tell of it.
BY_ACTIVITY = {
    "activity_notice": "created_at",
    "activity_minutes": "starts_at",
    "activity_report": "starts_at",
    "activity_attendance": "starts_at",
}
#: Forms to be filled in by hand, and papers of one person, which are kept with that person.
LEFT_OUT = ("attendance_sheet", "member_dossier", "duty_card")


def of_year(office: Office, year: int) -> Iterator[tuple[str, Paper]]:
    """(label of the kind, newest final paper of each record), in the order of the tables above."""
    proposals = decided(office, year)
    for key, final in BY_PROPOSAL.items():
        yield from ((kinds.get(key).label, paper) for paper in newest(key, final(proposals)))


def of_held(office: Office, year: int) -> Iterator[tuple[str, Paper]]:
    """The same of the year's activities."""
    for key, since in BY_ACTIVITY.items():
        yield from ((kinds.get(key).label, paper) for paper in newest(key, of_activities(office, year, since)))


def newest(key: str, final: Final) -> Iterator[Paper]:
    rows = Paper.objects.filter(document=key, record_id__in={pk for pk, _ in final}).select_related("pdf", "word")
    ordered: Iterable[Paper] = rows.order_by("record_id", "part_id", "-pk")
    for (pk, part), papers in groupby(ordered, key=lambda paper: (paper.record_id, paper.part_id)):
        paper = next(papers)
        since = final.get((pk, None)) or final.get((pk, part))
        if since and paper.created_at >= since:
            yield paper
