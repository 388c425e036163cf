"""Points, prizes and publishing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from audit.services import record, record_all
from calls import rules
from calls.defaults import GROUP_PRIZE, POINTS_RULE, PRIZE
from calls.enums import JUDGED, EntryState
from calls.models import Call, Entry, GroupPrize, Score
from calls.permissions import can_award, can_score
from calls.services.entries import authors_of
from calls.workflow import CALLS, ENTRIES
from core.errors import DomainError
from core.versions import editing
from notices.services import tell
from organisation.selectors import code_labels, rule


@dataclass(frozen=True)
class Award:
    """What one submission gets: the code of a prize or nothing, and how it was given at the meeting."""

    prize: str = ""
    presented: str = ""


@transaction.atomic
def score(*, call: Call, points: Mapping[int, tuple[Decimal | None, str]], by: Any) -> None:
    """The judge's points and remarks by submission; None takes points back. Nobody judges an own text."""
    can_score(by, call).require()
    most = rule(POINTS_RULE, call.office)
    rows = Entry.objects.filter(call=call, state__in=JUDGED, pk__in=points)
    for entry in rows:
        value, remark = points[entry.pk]
        if value is None:
            Score.objects.filter(entry=entry, judge=by).delete()
        elif not 0 <= value <= most:
            raise DomainError(f"分数在 0 到 {most} 之间。", field=f"points_{entry.pk}")
        else:
            Score.objects.update_or_create(entry=entry, judge=by, defaults={"points": value, "remark": remark})
    record("entry.score", call, by=by, detail={"scored": len(points)})


@transaction.atomic
def award(*, call: Call, awards: Mapping[int, Award], groups: Mapping[str, str], by: Any,
          version: int | None = None) -> None:  # fmt: skip
    """Prizes and presentations of all submissions at once, and the groups of each group prize (names in a text).

    Raises Conflict when somebody else awarded meanwhile.
    """
    with editing(call, version=version, by=by) as locked:
        can_award(by, locked).require()
        require_known(awards.values(), groups)
        entries = Entry.objects.filter(call=locked, pk__in=awards).select_for_update(of=("self",))
        changed = [(entry, changes) for entry in entries if (changes := apply(entry, awards[entry.pk], by))]
        record_all("call.award", changed, by=by)
        replace_groups(locked, groups)


def require_known(awards: Any, groups: Mapping[str, str]) -> None:
    prizes, group_prizes = code_labels(PRIZE), code_labels(GROUP_PRIZE)
    if any(each.prize and each.prize not in prizes for each in awards) or set(groups) - set(group_prizes):
        raise DomainError("没有这个奖项，请刷新后再选。")


def apply(entry: Entry, given: Award, by: Any) -> dict[str, Any]:
    """Writes it down and gives what changed, for the audit trail. The state waits for publishing: until then authors
    must not learn anything from it.
    """
    before = Award(entry.prize, entry.presented)
    if before == given:
        return {}
    if entry.state not in JUDGED:
        raise DomainError(f"《{entry}》现在是“{entry.state_label}”，不能评奖。")
    entry.prize, entry.presented = given.prize, given.presented
    entry.save()
    return {"prize": [before.prize, given.prize], "presented": [before.presented, given.presented]}


def replace_groups(call: Call, groups: Mapping[str, str]) -> None:
    call.group_prizes.all().delete()
    GroupPrize.objects.bulk_create(
        GroupPrize(call=call, prize=code, name=name[:80], order=order)
        for code, text in groups.items()
        for order, name in enumerate(rules.split(text), 1)
    )


@transaction.atomic
def publish(*, call: Call, rest: str, by: Any) -> Call:
    """Settles what is still undecided (`rest`: accept or reject), announces the results and tells every author."""
    if rest not in ("accept", "reject"):
        raise DomainError("请选择其余稿件怎样处理。", field="rest")
    with CALLS.step(call, "publish", by=by) as locked:
        for entry in Entry.objects.filter(call=locked, state=EntryState.SUBMITTED):
            settle(entry, "accept" if entry.prize or entry.presented else rest, by)
        locked.published_at = timezone.now()
    announce(locked)
    return locked


def settle(entry: Entry, step: str, by: Any) -> None:
    """What was awarded or presented is accepted, the rest as the office chose."""
    with ENTRIES.step(entry, step, by=by, reason="本次没有入选。" if step == "reject" else "") as decided:
        decided.decided_at = timezone.now()


def announce(call: Call) -> None:
    labels = code_labels(PRIZE)
    rows = Entry.objects.filter(call=call, state__in=[EntryState.ACCEPTED, EntryState.REJECTED])
    for entry in rows.prefetch_related("authors__member__user"):
        tell(authors_of(entry), outcome(entry, labels), url=entry.get_absolute_url())


def outcome(entry: Entry, labels: Mapping[str, str]) -> str:
    """The sentence its authors read."""
    if entry.prize:
        return f"祝贺！您的《{entry}》在《{entry.call}》中获得{labels.get(entry.prize, entry.prize)}。"
    if entry.state == EntryState.ACCEPTED:
        return f"《{entry.call}》结果已公布，您的《{entry}》已被采用。"
    return f"《{entry.call}》结果已公布，您的《{entry}》这次没有入选，感谢参与。"
