"""What all records of an activity share: the locked row, and the mark of a later supplement (补充材料)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction

from activities.enums import ActivityState
from activities.models import Activity
from activities.permissions import followup as record_rights
from audit.services import record
from core.models import StoredFile
from organisation.models import HandlingUnit


@contextmanager
def supplementing(activity: Activity, *, by: Any) -> Iterator[Activity]:
    """The activity's row, locked, for photos and other records. Raises Denied when it is cancelled by now."""
    with transaction.atomic():
        locked = Activity.objects.select_for_update(of=("self",)).select_related("type").get(pk=activity.pk)
        record_rights.can_supplement(by, locked).require()
        yield locked


def note(action: str, activity: Activity, *, by: Any, detail: dict[str, Any]) -> None:
    """An audit row that says when something was added after the summary."""
    later = {"after_summary": True} if activity.state == ActivityState.SUMMARISED else {}
    record(action, activity, by=by, detail={**detail, **later})


def drop_files(stored_ids: list[Any]) -> None:
    """Rows now, bytes after the commit: a rolled back deletion loses nothing."""
    stored = StoredFile.objects.filter(pk__in=stored_ids)
    names = list(stored.values_list("storage_name", flat=True))
    stored.delete()
    transaction.on_commit(lambda: [default_storage.delete(name) for name in names])


def known_unit(name: str) -> HandlingUnit | None:
    """The unit of the committee's list with exactly this name: a typed name then counts with the others."""
    return HandlingUnit.objects.filter(name=name, is_active=True).first() if name else None
