"""Importing a register: checked and kept first, written only when its owner says so."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.services import record, record_all
from core import files, importing
from core.errors import DomainError, StateChanged
from members import importing as register
from members.enums import Fate, ImportState
from members.models import Member, MemberImport
from members.services.records import assign, difference, rename_account, snapshot
from organisation.models import Office, Term

#: Personal data in uploads that nobody decided on are dropped after this time, at the next upload of anybody.
KEPT = timedelta(days=7)


def stage_import(*, upload: UploadedFile, office: Office, term: Term, by: Any) -> MemberImport:
    """Checks every row and keeps the result; members are not touched. Raises DomainError for an unusable file."""
    definition = register.definition_for(office)
    reading = importing.read(upload, definition)
    rows = register.planned(reading, definition, office, term)
    fates = Counter(row["fate"] for row in rows)
    with transaction.atomic():
        forget_old_uploads(by)
        batch = MemberImport.objects.create(
            office=office, term=term, owner=by, file_name=files.clean_name(upload.name),
            head=reading.head, head_row=reading.head_row, rows=rows, notes=reading.notes, total=len(rows),
            created_count=fates[Fate.NEW], updated_count=fates[Fate.UPDATE], same_count=fates[Fate.SAME],
            faulty_count=fates[Fate.FAULTY],
        )  # fmt: skip
        record("member_import.stage", batch, by=by, detail=figures(batch))
    return batch


def forget_old_uploads(by: Any) -> None:
    """One undecided upload per person; rows of old uploads are dropped."""
    MemberImport.objects.filter(owner=by, state=ImportState.PENDING).update(state=ImportState.DISCARDED, rows=[])
    old = MemberImport.objects.filter(created_at__lt=timezone.now() - KEPT).exclude(rows=[])
    old.filter(state=ImportState.PENDING).update(state=ImportState.DISCARDED)
    old.update(rows=[])


def figures(batch: MemberImport) -> dict[str, Any]:
    return {
        "file": batch.file_name, "total": batch.total, "created": batch.created_count,
        "updated": batch.updated_count, "same": batch.same_count, "faulty": batch.faulty_count,
    }  # fmt: skip


def apply_import(*, batch: MemberImport, by: Any) -> MemberImport:
    """Writes the correct rows in one transaction; a second call changes nothing.

    Raises StateChanged for an upload that was given up, DomainError when records changed so that a row no longer fits.
    """
    try:
        return write_batch(batch=batch, by=by)
    except IntegrityError:
        raise DomainError("检查之后，委员或基础资料有了变化。请重新上传这份表格，再检查一次。") from None


@transaction.atomic
def write_batch(*, batch: MemberImport, by: Any) -> MemberImport:
    locked = MemberImport.objects.select_for_update(of=("self",)).select_related("office", "term").get(pk=batch.pk)
    if locked.state == ImportState.APPLIED:
        return locked
    if locked.state == ImportState.DISCARDED:
        raise StateChanged("这次上传已经放弃，请重新上传。")
    good = [row for row in locked.rows if row["fate"] != Fate.FAULTY]
    if not good:
        raise DomainError("没有可以导入的行，请改正后重新上传。")
    counts = write_rows(locked, good, by)
    locked.created_count, locked.updated_count, locked.same_count = (counts[fate] for fate in
                                                                     (Fate.NEW, Fate.UPDATE, Fate.SAME))  # fmt: skip
    locked.state, locked.applied_at = ImportState.APPLIED, timezone.now()
    # The rows in error stay for the download; the rest is in the members' table now.
    locked.rows = [row for row in locked.rows if row["fate"] == Fate.FAULTY]
    locked.save()
    record("member_import.apply", locked, by=by, detail=figures(locked))
    return locked


def write_rows(batch: MemberImport, rows: list[dict[str, Any]], by: Any) -> Counter[str]:
    values = [register.restored(row) for row in rows]
    numbers = [each["member_no"] for each in values]
    held = Member.objects.select_for_update(of=("self",)).filter(term=batch.term, member_no__in=numbers)
    known = {member.member_no: member for member in held.select_related("office", "user")}
    fresh = [new_member(batch, each, by) for each in values if each["member_no"] not in known]
    pairs = [(known[each["member_no"]], each) for each in values if each["member_no"] in known]
    details = [(member, update_from_row(member, each, batch, by)) for member, each in pairs]
    updated = [(member, detail) for member, detail in details if detail]
    created = Member.objects.bulk_create(fresh, batch_size=500)
    record_all("member.create", ((member, {"import": batch.pk}) for member in created), by=by)
    record_all("member.update", updated, by=by)
    return Counter({Fate.NEW: len(created), Fate.UPDATE: len(updated), Fate.SAME: len(pairs) - len(updated)})


def new_member(batch: MemberImport, values: dict[str, Any], by: Any) -> Member:
    member = Member(office=batch.office, term=batch.term, updated_by=by, **values)
    member.fill_readings()
    return member


def update_from_row(member: Member, values: dict[str, Any], batch: MemberImport, by: Any) -> dict[str, Any]:
    """Saves what differs and returns it for the trail, empty when nothing does.

    Raises DomainError when the number belongs to another office.
    """
    if member.office_id != batch.office_id:
        raise DomainError(f"编号“{member.member_no}”刚刚由其他联络处使用，请重新上传检查。")
    changed = register.changed_values(member, values)
    if not changed:
        return {}
    before = snapshot(member)
    assign(member, changed)
    member.version += 1
    member.updated_by = by
    member.save()
    rename_account(member, before["name"], by)
    return difference(before, snapshot(member)) | {"import": batch.pk}


@transaction.atomic
def discard_import(*, batch: MemberImport, by: Any) -> None:
    """Gives an upload up; what was read of it is dropped."""
    locked = MemberImport.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if locked.state == ImportState.APPLIED:
        raise StateChanged("这次上传已经导入，不能放弃。")
    locked.state, locked.rows = ImportState.DISCARDED, []
    locked.save(update_fields=["state", "rows"])
    record("member_import.discard", locked, by=by)
