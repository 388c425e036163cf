"""Key proposals: proposed, confirmed with a leader, supervised by tasks and records, finished with a result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.roles import Can
from audit.services import changes, record
from core import files
from core.clock import today
from core.errors import DomainError
from core.versions import editing
from handling.answering import proposers_of
from handling.models import Assignment
from handling.selectors import people_of
from notices.services import tell
from organisation.selectors import codes, users_with
from proposals.models import Proposal
from supervision.defaults import SUPERVISION_WAY
from supervision.enums import KeyState
from supervision.models import KeyCase, KeyFile, KeyRecord, KeyTask
from supervision.permissions import can_add_record, can_edit_case, can_propose_key
from supervision.workflow import KEY_CASES

HEAD = ("topic", "leader", "leader_name", "committee")
MOST_FILES = 12


@transaction.atomic
def propose(*, proposal: Proposal, year: int, values: Mapping[str, Any], by: Any) -> KeyCase:
    """列为备选. Raises DomainError when it already is one of the year."""
    can_propose_key(by, proposal).require()
    if KeyCase.objects.filter(proposal=proposal, year=year).exists():
        raise DomainError(f"这件提案已经列入{year}年度。", field="year")
    case = KeyCase(state=KeyState.CANDIDATE, office=proposal.office, proposal=proposal, year=year, updated_by=by)
    put(case, values)
    case.save()
    record("keycase.create", case, by=by, detail={"year": year})
    return case


def put(case: KeyCase, values: Mapping[str, Any]) -> None:
    """An account's name is the leader's name unless another one is given."""
    for name in HEAD:
        setattr(case, name, values[name])
    if case.leader and not case.leader_name:
        case.leader_name = case.leader.name


@transaction.atomic
def update(*, case: KeyCase, values: Mapping[str, Any], by: Any, version: int | None = None) -> KeyCase:
    """Raises Denied, Conflict, DomainError."""
    with editing(case, version=version, by=by) as locked:
        can_edit_case(by, locked).require()
        before = {name: getattr(locked, name) for name in HEAD}
        put(locked, values)
        if locked.state == KeyState.CONFIRMED and not locked.leader_name:
            raise DomainError("已确定的重点提案要有督办领导。", field="leader_name")
        record("keycase.update", locked, by=by, detail=changes(before, {name: getattr(locked, name) for name in HEAD}))
        if locked.state == KeyState.CONFIRMED and locked.leader and before["leader"] != locked.leader:
            tell([locked.leader], f"请您督办重点提案《{short(locked)}》。", url=locked.get_absolute_url())
    return locked


def short(case: KeyCase) -> str:
    return str(case.proposal)[:60]


@transaction.atomic
def confirm(*, case: KeyCase, by: Any) -> KeyCase:
    """确定: the leader, the units and the proposers are told."""
    with KEY_CASES.step(case, "confirm", by=by) as locked:
        locked.confirmed_at = timezone.now()
    tell([locked.leader], f"请您督办重点提案《{short(locked)}》。", url=locked.get_absolute_url())
    told = f"《{short(locked)}》确定为{locked.year}年度重点提案，由{locked.leader_name}督办。"
    people = [row.member.user for row in proposers_of(locked.proposal)]
    for row in Assignment.objects.live().filter(proposal=locked.proposal).select_related("unit"):
        people += people_of(row.unit)
    tell(people, told, url=locked.proposal.get_absolute_url())
    return locked


@transaction.atomic
def finish(*, case: KeyCase, result: str, by: Any) -> KeyCase:
    """督办完成 with what came of it. Raises DomainError without a result or a record."""
    if not result.strip():
        raise DomainError("请填写督办结果。", field="result")
    if not case.records.exists():
        raise DomainError("还没有督办记录，请先登记至少一次督办。")
    with KEY_CASES.step(case, "finish", by=by) as locked:
        locked.result, locked.finished_at = result.strip(), timezone.now()
    people = [row.member.user for row in proposers_of(locked.proposal)]
    tell(people, f"重点提案《{short(locked)}》督办完成，结果请看提案页面。", url=locked.proposal.get_absolute_url())
    return locked


@transaction.atomic
def move(*, case: KeyCase, step: str, by: Any, reason: str = "") -> KeyCase:
    """The steps that write nothing else: drop, restore, reopen."""
    with KEY_CASES.step(case, step, by=by, reason=reason) as locked:
        pass
    return locked


# --- tasks -------------------------------------------------------------------------------------------------------
@transaction.atomic
def set_task(*, case: KeyCase, what: str, who: str, until: date | None, by: Any) -> KeyTask:
    """One more task."""
    can_edit_case(by, case).require()
    order = case.tasks.count()
    task = KeyTask.objects.create(case=case, what=what, who=who, until=until, order=order)
    record("keycase.task", case, by=by, detail={"what": what, "who": who})
    return task


@transaction.atomic
def toggle_task(*, task: KeyTask, by: Any) -> KeyTask:
    """Done today, or not done after all."""
    locked = KeyTask.objects.select_for_update(of=("self",)).select_related("case").get(pk=task.pk)
    can_edit_case(by, locked.case).require()
    locked.done_on = None if locked.done_on else today()
    locked.save(update_fields=["done_on"])
    record("keycase.task", locked.case, by=by, detail={"what": locked.what, "done": bool(locked.done_on)})
    return locked


@transaction.atomic
def drop_task(*, task: KeyTask, by: Any) -> None:
    can_edit_case(by, task.case).require()
    record("keycase.task", task.case, by=by, detail={"removed": task.what})
    task.delete()


# --- records -----------------------------------------------------------------------------------------------------
@transaction.atomic
def add_record(*, case: KeyCase, day: date, text: str, by: Any, way: str = "", is_instruction: bool = False,
               uploads: Sequence[Any] = ()) -> KeyRecord:  # fmt: skip
    """What happened, or what the leader asks for. Raises Denied, DomainError naming the field."""
    can_add_record(by, case).require()
    if day > today():
        raise DomainError("日期不能晚于今天。", field="day")
    if not is_instruction and not codes(SUPERVISION_WAY, case.office).filter(code=way).exists():
        raise DomainError("请选择督办方式。", field="way")
    if len(uploads) > MOST_FILES:
        raise DomainError(f"一次最多 {MOST_FILES} 个文件。", field="uploads")
    made = KeyRecord.objects.create(
        case=case, day=day, way="" if is_instruction else way, text=text, is_instruction=is_instruction, by=by
    )
    for order, upload in enumerate(uploads):
        keep(made, upload, order, by)
    record("keycase.record", case, by=by, detail={"way": way, "instruction": is_instruction, "files": len(uploads)})
    if is_instruction:
        tell_works(case, by)
    return made


def keep(made: KeyRecord, upload: Any, order: int, by: Any) -> None:
    if upload.name.lower().rsplit(".", 1)[-1] in files.PHOTO.extensions:
        photo, thumbnail = files.accept_photo(upload, by=by)
        KeyFile.objects.create(record=made, file=photo, thumbnail=thumbnail, order=order)
    else:
        KeyFile.objects.create(record=made, file=files.accept(upload, files.MATERIAL, by=by), order=order)


def tell_works(case: KeyCase, by: Any) -> None:
    """The leader's word reaches the office at once."""
    people = list(users_with(Can.RECEIVE_PROPOSALS, case.office))
    text = f"{case.leader_name or by.name}对重点提案《{short(case)}》提出了督办要求。"
    tell([person for person in people if person != by], text, url=case.get_absolute_url())
