"""Look-back rounds: cases added by a filter, findings, a summary."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from audit.services import changes, record
from core import files
from core.clock import today
from core.errors import DomainError
from core.versions import editing
from organisation.models import Office
from organisation.selectors import codes
from supervision.defaults import LOOK_BACK_FINDING
from supervision.enums import RoundState
from supervision.models import LookBackCase, LookBackRound
from supervision.permissions import can_edit_round, works
from supervision.workflow import ROUNDS

HEAD = ("title", "year", "scope")
MOST_AT_ONCE = 2000


@transaction.atomic
def create(*, office: Office, values: Mapping[str, Any], by: Any) -> LookBackRound:
    made = LookBackRound(state=RoundState.OPEN, office=office, updated_by=by, **values)
    works(by, made).require()
    made.save()
    record("lookbackround.create", made, by=by)
    return made


@transaction.atomic
def update(*, each: LookBackRound, values: Mapping[str, Any], by: Any, version: int | None = None) -> LookBackRound:
    with editing(each, version=version, by=by) as locked:
        can_edit_round(by, locked).require()
        record("lookbackround.update", locked, by=by,
               detail=changes({name: getattr(locked, name) for name in HEAD}, dict(values)))  # fmt: skip
        for name, value in values.items():
            setattr(locked, name, value)
    return locked


@transaction.atomic
def add(*, each: LookBackRound, proposals: QuerySet, by: Any) -> int:
    """Every proposal of the set that is not in the round yet; says how many. Raises DomainError for none."""
    locked = LookBackRound.objects.select_for_update(of=("self",)).get(pk=each.pk)
    can_edit_round(by, locked).require()
    known = LookBackCase.objects.filter(round=locked).values("proposal_id")
    new = list(proposals.filter(office=locked.office).exclude(pk__in=known).values_list("pk", flat=True)[:MOST_AT_ONCE])
    if not new:
        raise DomainError("没有可以加入的提案：没有符合条件的，或者都已经在这一轮里了。")
    LookBackCase.objects.bulk_create([LookBackCase(round=locked, proposal_id=pk) for pk in new], batch_size=500)
    record("lookbackround.add", locked, by=by, detail={"count": len(new)})
    return len(new)


@transaction.atomic
def remove(*, case: LookBackCase, by: Any) -> None:
    """Takes one out that nobody has looked at yet."""
    can_edit_round(by, case.round).require()
    if case.finding:
        raise DomainError("已经登记了回看情况，不能移出。")
    record("lookbackround.remove", case.round, by=by, detail={"proposal": str(case)})
    case.delete()


@transaction.atomic
def find(*, case: LookBackCase, finding: str, text: str, day: date, by: Any, upload: Any = None) -> LookBackCase:
    """What was found. A later finding replaces the earlier one; the audit trail keeps both."""
    locked = LookBackCase.objects.select_for_update(of=("self",)).select_related("round__office").get(pk=case.pk)
    can_edit_round(by, locked.round).require()
    if not codes(LOOK_BACK_FINDING, locked.round.office).filter(code=finding).exists():
        raise DomainError("请选择回看的情况。", field="finding")
    if day > today():
        raise DomainError("回看日期不能晚于今天。", field="day")
    before = {"finding": locked.finding, "text": locked.text}
    locked.finding, locked.text, locked.day, locked.by = finding, text, day, by
    if upload:
        locked.file = files.accept(upload, files.MATERIAL, by=by)
    locked.save()
    detail = changes(before, {"finding": finding, "text": text})
    record("lookbackround.finding", locked.round, by=by, detail={"proposal": str(locked), **detail})
    return locked


@transaction.atomic
def close(*, each: LookBackRound, summary: str, by: Any) -> LookBackRound:
    """Raises DomainError while somebody still has to look, or without a summary."""
    if not summary.strip():
        raise DomainError("请填写总结。", field="summary")
    with ROUNDS.step(each, "close", by=by) as locked:
        if left := locked.cases.filter(finding="").count():
            raise DomainError(f"还有 {left} 件没有登记回看情况，登记或移出以后再总结。")
        if not locked.cases.exists():
            raise DomainError("这一轮还没有提案，不能总结。")
        locked.summary, locked.closed_at = summary.strip(), timezone.now()
    return locked


@transaction.atomic
def reopen(*, each: LookBackRound, reason: str, by: Any) -> LookBackRound:
    with ROUNDS.step(each, "reopen", by=by, reason=reason) as locked:
        pass
    return locked
