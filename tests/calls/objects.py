"""Calls and submissions for tests."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from calls.models import Call, Entry, EntryAuthor

BODY = "近年来全县公共文化服务不断完善，建议继续向村组延伸。"


def call(office: Any, **values: Any) -> Call:
    """An open essay contest."""
    now = timezone.now()
    values = {"kind": "essay_contest", "title": "献一策征文", "state": "open", "opens_at": now - timedelta(days=1),
              "closes_at": now + timedelta(days=7), **values}  # fmt: skip
    return Call.objects.create(office=office, **values)


def entry(to: Call, member: Any, **values: Any) -> Entry:
    """A submitted text of this member."""
    values = {"state": "submitted", "title": "办好村级文化站", "body": BODY, **values}
    if values["state"] != "draft":
        values = {"submitted_at": timezone.now(), **values}
    if values["state"] in ("accepted", "rejected"):
        values = {"decided_at": timezone.now(), **values}
    made = Entry.objects.create(call=to, kind=to.kind, office=member.office, **values)
    EntryAuthor.objects.create(entry=made, member=member)
    return made


def add_calls(world: Any) -> None:
    town, owner = world.offices["town"], world["member.owner"]
    world.objects["call.draft"] = call(town, state="draft")
    world.objects["call.open"] = call(town, title="大会发言征集", kind="plenary_speech")
    world.objects["call.judging"] = call(town, state="judging")
    world.objects["call.published"] = call(town, state="published", published_at=timezone.now())
    world["call.judging"].judges.add(world.people["head"])
    world.objects["entry.draft"] = entry(world["call.open"], owner, state="draft")
    world.objects["entry.submitted"] = entry(world["call.open"], owner)
    world.objects["entry.judging"] = entry(world["call.judging"], owner)
    world.objects["entry.rejected"] = entry(world["call.published"], owner, state="rejected")
    world.objects["entry.prized"] = entry(world["call.published"], owner, state="accepted", prize="first")
