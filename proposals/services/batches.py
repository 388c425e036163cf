"""Collections of proposals (征集), set up by the receiving office."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts.roles import Can
from audit.services import changes, record
from core.errors import DomainError
from core.templatetags.ui import cn_datetime
from core.versions import editing
from members.models import Member
from notices.services import tell
from organisation.models import Office
from organisation.selectors import can, descend
from proposals.models import Batch

FIELDS = ("name", "topics", "opens_at", "closes_at", "grace_minutes", "in_plenary")


@transaction.atomic
def save_batch(*, values: Mapping[str, Any], by: Any, office: Office, batch: Batch | None = None,
               version: int | None = None, announce: bool = False) -> Batch:  # fmt: skip
    """A new collection of the committee or a changed one. `announce` tells its serving members.

    Raises Denied, Conflict, DomainError when it would close before it opens.
    """
    can(by, Can.RECEIVE_PROPOSALS, office).require()
    if values["closes_at"] <= values["opens_at"]:
        raise DomainError("截止时间要晚于开始时间。", field="closes_at")
    given = {name: values[name] for name in FIELDS}
    if batch is None:
        batch = Batch.objects.create(office=office, updated_by=by, **given)
        record("proposal_batch.create", batch, by=by)
    else:
        batch = change(batch, given, version, by=by)
    if announce:
        tell_members(batch)
    return batch


def change(batch: Batch, given: Mapping[str, Any], version: int | None, *, by: Any) -> Batch:
    with editing(batch, version=version, by=by) as locked:
        before = {name: getattr(locked, name) for name in FIELDS}
        for name, value in given.items():
            setattr(locked, name, value)
        record("proposal_batch.update", locked, by=by, detail=changes(before, dict(given)))
    return locked


def tell_members(batch: Batch) -> None:
    rows = Member.objects.serving().filter(office_id__in=descend(batch.office_id), user__isnull=False)
    text = f"{batch.office.short_name}征集提案：{batch}，{cn_datetime(batch.closes_at)}截止。"
    tell([row.user for row in rows.select_related("user")], text, url=batch.get_absolute_url())
