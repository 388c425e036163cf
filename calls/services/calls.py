"""The call itself: made, sent out, closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import Can
from audit.services import changes, record
from calls.defaults import GRACE_RULE
from calls.models import Call
from calls.permissions import can_award, can_discard, can_edit, can_manage
from calls.workflow import CALLS
from core.errors import DomainError
from core.versions import editing
from members.models import Member
from notices.services import tell
from organisation.models import Office
from organisation.selectors import descend, rule, users_with

HEAD = ("kind", "title", "brief", "eligible", "words_min", "words_max", "opens_at", "closes_at")


@transaction.atomic
def create(*, office: Office, values: Mapping[str, Any], by: Any) -> Call:
    """A draft."""
    call = Call(state="draft", office=office, updated_by=by)
    can_manage(by, call).require()
    check(values)
    for name, value in values.items():
        setattr(call, name, value)
    call.save()
    record("call.create", call, by=by)
    return call


@transaction.atomic
def update(*, call: Call, values: Mapping[str, Any], by: Any, version: int | None = None) -> Call:
    """Raises Denied, Conflict, or DomainError naming a field."""
    with editing(call, version=version, by=by) as locked:
        can_edit(by, locked).require()
        check(values)
        difference = changes({name: getattr(locked, name) for name in HEAD}, dict(values))
        for name, value in values.items():
            setattr(locked, name, value)
        record("call.update", locked, by=by, detail=difference)
    return locked


def check(values: Mapping[str, Any]) -> None:
    opens_at, closes_at = values.get("opens_at"), values.get("closes_at")
    if opens_at and closes_at and closes_at <= opens_at:
        raise DomainError("截止时间要在开始时间之后。", field="closes_at")
    low, top = values.get("words_min"), values.get("words_max")
    if low and top and top < low:
        raise DomainError("字数上限不能小于下限。", field="words_max")


@transaction.atomic
def discard(*, call: Call, by: Any) -> None:
    """Deletes a draft."""
    locked = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    can_discard(by, locked).require()
    record("call.discard", locked, by=by)
    locked.delete()


@transaction.atomic
def open_call(*, call: Call, by: Any) -> Call:
    """Fixes the grace and tells every serving member who can sign in."""
    with CALLS.step(call, "open", by=by) as locked:
        locked.opens_at = locked.opens_at or timezone.now()
        locked.grace_minutes = rule(GRACE_RULE, locked.office)
        check(vars(locked))
    invite(locked, f"征集：《{locked}》，{spoken(locked.closes_at)}截稿，欢迎来稿。")
    return locked


def invite(call: Call, sentence: str) -> None:
    """Tells every serving member of the office and the offices below it who can sign in."""
    members = Member.objects.serving().filter(office_id__in=descend(call.office_id), user__isnull=False)
    tell(User.objects.filter(member__in=members), sentence, url=call.get_absolute_url())


def spoken(at: datetime) -> str:
    local = timezone.localtime(at)
    return f"{local.month}月{local.day}日 {local:%H:%M} "


@transaction.atomic
def extend(*, call: Call, closes_at: datetime, by: Any) -> Call:
    """Another closing time; a call that was being judged takes texts again. Members are told."""
    if closes_at <= timezone.now():
        raise DomainError("请填写以后的时间；要马上截稿请用“截稿，转入评审”。", field="closes_at")
    with CALLS.step(call, "extend", by=by, reason=f"截止时间改为{spoken(closes_at)}") as locked:
        check({"opens_at": locked.opens_at, "closes_at": closes_at})
        locked.closes_at = closes_at
    invite(locked, f"《{locked}》的截稿时间改为{spoken(closes_at)}，欢迎来稿。")
    return locked


@transaction.atomic
def judge(*, call: Call, by: Any) -> Call:
    """No more texts; the judges are told."""
    with CALLS.step(call, "judge", by=by) as locked:
        pass
    tell(locked.judges.all(), f"《{locked}》已经截稿，请您评审。", url=locked.get_absolute_url())
    return locked


@transaction.atomic
def move(*, call: Call, step: str, by: Any, reason: str = "") -> Call:
    """The steps that write nothing else: correct, close."""
    with CALLS.step(call, step, by=by, reason=reason) as locked:
        pass
    return locked


@transaction.atomic
def set_judges(*, call: Call, judges: Sequence[User], by: Any) -> Call:
    """Who gives points. Only people who may see the texts anyway."""
    locked = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    can_award(by, locked).require()
    allowed = {user.pk for user in users_with(Can.VIEW_CALLS, locked.office)}
    if any(user.pk not in allowed for user in judges):
        raise DomainError("评委要从有权查看征集稿件的人员中选。", field="judges")
    new = [user for user in judges if user not in set(locked.judges.all())]
    locked.judges.set(judges)
    record("call.judges", locked, by=by, detail={"judges": [user.name for user in judges]})
    if locked.state == "judging":
        tell(new, f"请您评审《{locked}》的来稿。", url=locked.get_absolute_url())
    return locked
