"""Types of activities as the committee's office keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from activities.models import ActivityType, TypeNeeds
from activities.permissions import followup as record_rights
from audit.services import changes, record
from core.errors import DomainError
from organisation.services import next_order

#: Fields of the type itself, and those of what it needs.
OWN = ("label", "unit", "order", "is_active", "is_record", "invitees_min", "invitees_max", "notice_days")
NEEDS = ("evidence", "parts", "skeleton", "report_to", "report_days")


@transaction.atomic
def save_type(*, by: Any, values: Mapping[str, Any], kind: ActivityType | None = None) -> ActivityType:
    """A type and what it needs; a new one gets a code of its own. Raises Denied, DomainError."""
    record_rights.can_set_types(by).require()
    if ActivityType.objects.filter(label=values["label"]).exclude(pk=getattr(kind, "pk", None)).exists():
        raise DomainError(f"已有名为“{values['label']}”的活动类型，如已停用可以重新启用。", field="label")
    if (values["report_days"] is None) != (not values["report_to"]):
        raise DomainError("报送对象和天数要么都填，要么都不填。", field="report_days")
    low, high = values["invitees_min"], values["invitees_max"]
    if low is not None and high is not None and low > high:
        raise DomainError("邀请人数的上限不能小于下限。", field="invitees_max")
    mine = kind or ActivityType(code=f"own_{ActivityType.objects.count() + 1}")
    needs = TypeNeeds.objects.filter(type=kind).first() if kind else None
    before = {**{name: getattr(mine, name) for name in OWN}, **{name: getattr(needs, name, None) for name in NEEDS}}
    for name in OWN:
        setattr(mine, name, values[name])
    mine.save()
    TypeNeeds.objects.update_or_create(type=mine, defaults={name: values[name] for name in NEEDS})
    record(f"activity_type.{'update' if kind else 'create'}", mine, by=by, detail=changes(before, dict(values)))
    return mine


def order_for_new() -> int:
    """Behind the last one."""
    return next_order(ActivityType.objects.all())
