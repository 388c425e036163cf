"""What the audit trail learns from this app: names of acts, and the office an act belongs to."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from accounts.models import User
from audit import labels, services
from core.clock import today
from organisation.models import Office, Posting

THINGS = {
    "posting": "角色",
    "posting.grant": "授予角色",
    "posting.end": "收回角色",
    "office": "机构",
    "office.first_run": "首次设置",
    "term": "届",
    "session_no": "次（会议）",
    "sector": "界别",
    "committee": "专门委员会",
    "group": "联络组",
    "unit": "承办单位",
    "days": "放假安排",
    "code": "码表",
    "rule": "规则",
}


def office_code_of(obj: Model | None, by: Any) -> str:
    """An office belongs to itself, an account to where it works; everything else to where the actor works."""
    if isinstance(obj, Office):
        return obj.code
    return (works_in(obj) if isinstance(obj, User) else "") or works_in(by)


def works_in(user: Any) -> str:
    """The code of the user's first office today. Reads no grants that are not read yet: they would be kept on an
    object whose postings may be about to change."""
    if user is None:
        return ""
    known = getattr(user, "_grants", None)
    if known is not None and known.home is not None:
        return known.home.code
    return Posting.objects.on(today()).filter(user=user).values_list("office__code", flat=True).first() or ""


def connect() -> None:
    for action, label in THINGS.items():
        labels.register(action, label)
    services.office_resolvers.append(office_code_of)
