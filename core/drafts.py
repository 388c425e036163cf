"""Server-side drafts of form input. A draft belongs to one person and one form key; nobody else ever sees it."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django.http import QueryDict

from core.errors import DomainError
from core.models import Draft

#: "plans.edit:7", "findings.AnswerForm:7", "handling.reply:7:2" (the last part: the round, the person).
KEY = re.compile(r"[a-z_]+\.[A-Za-z_]+(:[0-9a-z-]{1,40}){0,2}")
NEVER_KEPT = ("csrfmiddlewaretoken", "idempotency_key", "draft_key")
LIMIT = 400_000  # characters of all values together


def store(*, owner: Any, key: str, data: QueryDict) -> datetime:
    """Keeps what was typed. Raises DomainError for a malformed key or too much text."""
    if not KEY.fullmatch(key):
        raise DomainError("这个页面不能自动保存。")
    kept = {name: clean(data.getlist(name)) for name in data if name not in NEVER_KEPT and "password" not in name}
    if sum(len(value) for values in kept.values() for value in values) > LIMIT:
        raise DomainError("内容太长，没有自动保存。请先提交或删减。")
    draft, _ = Draft.objects.update_or_create(owner=owner, key=key, defaults={"data": kept})
    return draft.saved_at


def keep(*, owner: Any, key: str, values: dict[str, str]) -> None:
    """Puts text of the owner's from elsewhere onto a form, to be gone on with there."""
    data = QueryDict(mutable=True)
    data.update(values)
    store(owner=owner, key=key, data=data)


def clean(values: list[str]) -> list[str]:
    """JSON columns take no NUL; nothing anybody typed has one."""
    return [value.replace("\x00", "") for value in values]


def find(*, owner: Any, key: str) -> Draft | None:
    return Draft.objects.filter(owner=owner, key=key).first()


def as_querydict(draft: Draft) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in draft.data.items():
        data.setlist(name, values)
    return data


def discard(*, owner: Any, key: str) -> None:
    Draft.objects.filter(owner=owner, key=key).delete()


def discard_all(*, key: str) -> None:
    """Everybody's drafts of a form that is gone."""
    Draft.objects.filter(key=key).delete()
