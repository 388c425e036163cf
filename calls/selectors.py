"""Shared reads: calls and submissions as one user may see them, what counts in a year, figures of a year."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, Count, F, Prefetch, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from accounts.roles import Can
from calls.defaults import GROUP_PRIZE, KIND, PRIZE
from calls.enums import ANNOUNCED, RECEIVED, CallState, EntryState, Presented, Stage
from calls.models import Call, Entry, EntryAuthor, GroupPrize, Score
from core.breakdown import Share, counts, lines, totals
from core.clock import Span
from organisation.models import Code
from organisation.selectors import code_labels, codes, grants

DATED_BY = {Stage.SUBMITTED: "submitted_at", Stage.ACCEPTED: "decided_at", Stage.AWARDED: "call__published_at"}
REACHED = {
    Stage.SUBMITTED: Q(state__in=RECEIVED),
    Stage.ACCEPTED: Q(state=EntryState.ACCEPTED),
    Stage.AWARDED: Q(state=EntryState.ACCEPTED, call__state__in=ANNOUNCED) & ~Q(prize=""),
}


def get_call(user: Any, pk: int) -> Call:
    """Raises Http404 for a stranger as for a missing one."""
    found = Call.objects.visible_to(user).select_related("office", "updated_by").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def get_entry(user: Any, pk: int) -> Entry:
    """The submission with everything its page shows. Raises Http404."""
    found = with_people(Entry.objects.visible_to(user)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def with_people(entries: QuerySet) -> QuerySet:
    """Authors, call and office in a constant number of queries."""
    rows = EntryAuthor.objects.select_related("member").order_by("order", "pk")
    return entries.select_related("office", "call__office", "attachment").prefetch_related(
        Prefetch("authors", queryset=rows)
    )


def listed_calls(user: Any) -> QuerySet[Call]:
    """Rows of the list with how many submissions came in and how many of them the user wrote."""
    received = Count("entries", filter=Q(entries__state__in=RECEIVED), distinct=True)
    own = Count("entries", filter=Q(entries__authors__member__user_id=user.pk), distinct=True)
    return Call.objects.visible_to(user).select_related("office").annotate(received=received, own=own)


def own(user: Any) -> QuerySet[Entry]:
    """What the user wrote, last changed first."""
    return with_people(Entry.objects.filter(authors__member__user_id=user.pk)).order_by("-updated_at", "-pk")


def own_of(user: Any, call: Call) -> list[Entry]:
    return list(with_people(call.entries.filter(authors__member__user_id=user.pk)).order_by("-pk"))


def received(call: Call) -> QuerySet[Entry]:
    """What came in for the call, with the average of the points, the best first."""
    rows = with_people(call.entries.filter(state__in=RECEIVED))
    rows = rows.annotate(average=Avg("scores__points"), judged=Count("scores"))
    return rows.order_by(F("average").desc(nulls_last=True), "submitted_at", "pk")


def waiting_calls(user: Any) -> QuerySet[Call]:
    """Calls that take texts now and have none of the member's yet."""
    mine, now = Entry.objects.filter(authors__member__user_id=user.pk).values("call_id"), timezone.now()
    running = Call.objects.visible_to(user).filter(state=CallState.OPEN, opens_at__lte=now, closes_at__gt=now)
    return running.exclude(pk__in=mine)


def undecided_entries(office_ids: Collection[int]) -> QuerySet[Entry]:
    """Submissions these offices have to decide on."""
    rows = Entry.objects.filter(state=EntryState.SUBMITTED, call__office_id__in=office_ids)
    return rows.exclude(call__state__in=ANNOUNCED)


def unscored_entries(user: Any) -> QuerySet[Entry]:
    """Submissions that wait for this judge's points."""
    mine = Score.objects.filter(judge=user).values("entry_id")
    judged = Call.objects.filter(judges=user, state=CallState.JUDGING).values("pk")
    return Entry.objects.filter(state=EntryState.SUBMITTED, call_id__in=judged).exclude(pk__in=mine)


# --- results -------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Level:
    """One prize with who got it; `key` is its code."""

    key: str
    label: str
    entries: list[Entry]
    groups: list[GroupPrize]

    @property
    def count(self) -> int:
        return len(self.entries) or len(self.groups)


def prize_order(kind: str, call: Call) -> dict[str, str]:
    """code → label in the office's order, entries that ended included."""
    return {**dict(codes(kind, call.office).values_list("code", "label")), **code_labels(kind)}


def levels(call: Call) -> list[Level]:
    """Prizes of the call from the highest down, group prizes after them; only those somebody got."""
    entries = used(call)
    groups = list(call.group_prizes.all())
    found = [
        Level(code, label, [each for each in entries if each.prize == code], [])
        for code, label in prize_order(PRIZE, call).items()
    ]
    found += [
        Level(code, label, [], [each for each in groups if each.prize == code])
        for code, label in prize_order(GROUP_PRIZE, call).items()
    ]
    return [each for each in found if each.count]


def used(call: Call) -> list[Entry]:
    """What was accepted, awarded or presented: before publishing, what will be accepted then."""
    chosen = Q(state=EntryState.ACCEPTED) | (Q(state=EntryState.SUBMITTED) & ~Q(prize="", presented=""))
    return list(with_people(call.entries.filter(chosen)).order_by("submitted_at", "pk"))


def ranked(call: Call) -> list[Entry]:
    """The same, prizes first and in their order, for the compilation."""
    rank = {code: place for place, code in enumerate(prize_order(PRIZE, call))}
    return sorted(used(call), key=lambda entry: rank.get(entry.prize, len(rank)))


def without_prize(call: Call) -> list[Entry]:
    """Texts that were used without a prize: speeches and papers."""
    return [entry for entry in used(call) if not entry.prize]


# --- what counts -----------------------------------------------------------------------------------------------------
def of_offices(entries: QuerySet, office_ids: Collection[int]) -> QuerySet:
    """Those sent to a call of one of the offices or written by a member of one of them."""
    return entries.filter(Q(office_id__in=office_ids) | Q(call__office_id__in=office_ids))


def counted(entries: QuerySet, stage: str, span: Span | None = None) -> QuerySet:
    """Submissions that reached the stage, within the span by the day they reached it. The rows get `counted_at`."""
    path = DATED_BY[Stage(stage)]
    found = entries.filter(REACHED[Stage(stage)]).annotate(counted_at=F(path))
    if span is not None:
        first, end = span.moments
        found = found.filter(**{f"{path}__gte": first, f"{path}__lt": end})
    return found


@dataclass(frozen=True)
class YearFigures:
    """Figures of some offices over a span (domain.md R06, R11).

    `entries` are dated by submission, `accepted` and presentations by the decision, prizes of members and groups by
    publishing. `by_kind`: total submitted, done accepted by now.
    """

    entries: int
    accepted: int
    awarded: int
    oral: int
    written: int
    by_kind: list[Share]
    by_prize: list[Share]
    by_group_prize: list[Share]

    @property
    def presented(self) -> int:
        return self.oral + self.written


def year_figures(office_ids: Collection[int], span: Span) -> YearFigures:
    """One function for lists, reports and plans; five queries, four in a year without any."""
    base = of_offices(Entry.objects.all(), office_ids)
    came, whatever = counted(base, Stage.SUBMITTED, span), Q(pk__isnull=False)
    kinds = counts(came, F("kind"), Q(state=EntryState.ACCEPTED))
    shown = counts(counted(base, Stage.ACCEPTED, span), F("presented"), whatever)
    prizes = counts(counted(base, Stage.AWARDED, span), F("prize"), whatever)
    groups = counts(group_prizes(office_ids, span), F("prize"), whatever)
    labels = ordered(KIND, PRIZE, GROUP_PRIZE) if kinds or prizes or groups else {}
    return YearFigures(
        entries=totals(kinds)[0],
        accepted=totals(shown)[0],
        awarded=totals(prizes)[0],
        oral=shown.get(Presented.ORAL, (0, 0))[0],
        written=shown.get(Presented.WRITTEN, (0, 0))[0],
        by_kind=lines(kinds, labels.get(KIND, {})),
        by_prize=lines(prizes, labels.get(PRIZE, {})),
        by_group_prize=lines(groups, labels.get(GROUP_PRIZE, {})),
    )


def group_prizes(office_ids: Collection[int], span: Span) -> QuerySet[GroupPrize]:
    """Prizes for groups in calls of these offices published within the span."""
    first, end = span.moments
    return GroupPrize.objects.filter(
        call__office_id__in=office_ids, call__state__in=ANNOUNCED,
        call__published_at__gte=first, call__published_at__lt=end,
    )  # fmt: skip


def ordered(*kinds: str) -> dict[str, dict[str, str]]:
    """Lists as code → label in their order, entries that ended included; one query for all of them."""
    found: dict[str, dict[str, str]] = {kind: {} for kind in kinds}
    rows = Code.objects.filter(kind__in=kinds).order_by("order", "starts", "pk")
    for kind, code, label in rows.values_list("kind", "code", "label"):
        found[kind][code] = label
    return found


def sees_calls(user: Any) -> bool:
    held = grants(user)
    return held.holds(Can.VIEW_CALLS) or held.holds(Can.WRITE_CALLS)
