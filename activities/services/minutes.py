"""Minutes and what an activity came to. Each saving of the texts is kept as a version."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from activities import permissions
from activities.models import Activity, ActivityQuantity
from audit.services import changes, record
from core import textversions
from core.versions import editing

#: What the page of minutes sets.
RESULTS = ("minutes", "outcome", "hours", "households", "copies", "amount")
#: Of these each saving is kept as a version.
TEXTS = {"minutes": "活动记录", "outcome": "成效与建议"}


def save_results(*, by: Any, activity: Activity, version: int | None, values: Mapping[str, Any],
                 quantities: Mapping[str, Decimal] | None = None, note: str = "") -> Activity:  # fmt: skip
    """Minutes, outcome and quantities. `quantities`: kind → value, replacing those there are; None leaves them.

    Raises Denied, Conflict.
    """
    with editing(activity, version=version, by=by) as locked:
        permissions.can_edit(by, locked).require()
        before = {name: getattr(locked, name) for name in RESULTS}
        for name in RESULTS:
            setattr(locked, name, values[name])
        after = {name: getattr(locked, name) for name in RESULTS}
        detail = short_changes(before, after)
        if quantities is not None:
            detail |= save_quantities(locked, quantities)
        keep_version(locked, before, by=by, note=note)
        record("activity.results", locked, by=by, detail=detail)
    return locked


def keep_version(activity: Activity, before: Mapping[str, Any], *, by: Any, note: str) -> None:
    now, then = ({name: source[name] for name in TEXTS} for source in (vars(activity), before))
    textversions.keep(activity, now, by=by, before=then, note=note)


def save_quantities(activity: Activity, wanted: Mapping[str, Decimal]) -> dict[str, Any]:
    """Makes the rows those of `wanted`; what changed, for the audit."""
    stored = {row.kind: row for row in activity.quantities.all()}
    before = {kind: row.value for kind, row in stored.items()}
    if before == dict(wanted):
        return {}
    activity.quantities.all().delete()
    ActivityQuantity.objects.bulk_create(
        ActivityQuantity(activity=activity, kind=kind, value=value) for kind, value in wanted.items()
    )
    return {"quantities": [{k: str(v) for k, v in each.items()} for each in (before, wanted)]}


def restore_texts(*, by: Any, activity: Activity, number: int, version: int | None) -> Activity:
    """The texts of an old version as the newest one; the quantities stay. Raises Denied, Conflict, Http404."""
    old = textversions.version(activity, number)
    values = {name: getattr(activity, name) for name in RESULTS} | {name: old.texts.get(name, "") for name in TEXTS}
    return save_results(by=by, activity=activity, version=version, values=values, note=f"恢复第 {number} 版")


def short_changes(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """As audit.changes, long texts only by their length."""
    found = changes(before, after)
    for name in TEXTS.keys() & found.keys():
        found[name] = [f"{len(text)} 字" for text in found[name]]
    return found
