"""What members submit: written, sent, decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from accounts.roles import Can
from audit.services import record
from calls import rules
from calls.models import Call, Entry, EntryAuthor
from calls.permissions import can_edit_entry, can_enter, can_hand_over
from calls.workflow import ENTRIES
from core import files
from core.errors import DomainError
from core.handover import HandedText, receivers
from core.versions import editing
from members.authors import member_of
from members.models import Member
from notices.services import tell
from organisation.selectors import users_with


@dataclass(frozen=True)
class Text:
    """What the author writes."""

    title: str = ""
    body: str = ""
    collective: str = ""
    with_members: str = ""


@transaction.atomic
def write(*, call: Call, text: Text, by: Any, entry: Entry | None = None, version: int | None = None,
          upload: UploadedFile | None = None, and_submit: bool = False) -> Entry:  # fmt: skip
    """Saves the text as a new draft or into the submission, and sends it when asked.

    Raises Denied, Conflict, or DomainError naming the field that is wrong.
    """
    entry = start(call, text, by, upload) if entry is None else rewrite(entry, text, version, by, upload)
    if and_submit:
        submit(entry=entry, by=by)
    return entry


def start(call: Call, text: Text, by: Any, upload: UploadedFile | None) -> Entry:
    can_enter(by, call).require()
    member = member_of(by)
    entry = Entry(state="draft", call=call, kind=call.kind, office=member.office, updated_by=by)
    take(entry, text, by, upload)
    entry.save()
    set_authors(entry, member, rules.joint_authors(text.with_members, call.office))
    record("entry.create", entry, by=by)
    return entry


def rewrite(entry: Entry, text: Text, version: int | None, by: Any, upload: UploadedFile | None) -> Entry:
    with editing(entry, version=version, by=by) as locked:
        can_edit_entry(by, locked).require()
        take(locked, text, by, upload)
        set_authors(locked, member_of(by), rules.joint_authors(text.with_members, locked.call.office))
        record("entry.update", locked, by=by)
    return locked


def take(entry: Entry, text: Text, by: Any, upload: UploadedFile | None) -> None:
    entry.title, entry.body, entry.collective = text.title, text.body, text.collective
    if upload:
        entry.attachment = files.accept(upload, files.DOCUMENT, by=by)


def set_authors(entry: Entry, first: Member, others: Sequence[Member]) -> None:
    """Replaces the joint authors; the first author stays the first."""
    people = [first, *(member for member in others if member.pk != first.pk)]
    entry.authors.all().delete()
    EntryAuthor.objects.bulk_create(EntryAuthor(entry=entry, member=each, order=n) for n, each in enumerate(people, 1))


@transaction.atomic
def submit(*, entry: Entry, by: Any) -> Entry:
    """Locks the text and stamps the time by the server's clock; too late is too late, whatever the browser shows."""
    Call.objects.select_for_update(of=("self",)).get(pk=entry.call_id)
    with ENTRIES.step(entry, "submit", by=by) as locked:
        found = rules.gaps({"title": locked.title, "body": locked.body}, locked.attachment_id is not None)
        for field, sentence in found.items():
            raise DomainError(f"还不能提交：{sentence}", field=field)
        locked.submitted_at = timezone.now()
    tell(users_with(Can.EDIT_CALLS, locked.call.office), f"{by.name}提交了稿件《{locked}》（{locked.call}）。",
         url=locked.get_absolute_url())  # fmt: skip
    return locked


@transaction.atomic
def withdraw(*, entry: Entry, by: Any) -> Entry:
    with ENTRIES.step(entry, "withdraw", by=by) as locked:
        locked.submitted_at, locked.prize, locked.presented = None, "", ""
        locked.scores.all().delete()
    return locked


SENTENCES = {
    "return": "您的稿件《{}》请修改后再提交，意见见办理过程。",
    "accept": "您的稿件《{}》已被采用。",
    "reject": "您的稿件《{}》这次没有采用，理由见办理过程。",
}


@transaction.atomic
def decide(*, entry: Entry, step: str, by: Any, reason: str = "", version: int | None = None) -> Entry:
    """return, accept, reject or reconsider one submission; its authors are told."""
    with ENTRIES.step(entry, step, by=by, reason=reason, version=version) as locked:
        locked.decided_at = timezone.now() if step in ("accept", "reject") else None
        if step != "accept":
            locked.prize = locked.presented = ""
    if step in SENTENCES:
        tell(authors_of(locked), SENTENCES[step].format(locked), url=locked.get_absolute_url())
    return locked


@transaction.atomic
def drop(*, entry: Entry, by: Any) -> None:
    """Deletes a draft that was never sent."""
    locked = Entry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    can_edit_entry(by, locked).require()
    if locked.state != "draft":
        raise DomainError("已经提交的稿件不能删除。")
    record("entry.discard", locked, by=by)
    locked.delete()


@transaction.atomic
def hand_over(*, entry: Entry, receiver: str, by: Any) -> str:
    """Offers an unused text to another kind of work; the address where its author goes on."""
    can_hand_over(by, entry).require()
    text = HandedText(entry.title, entry.body, f"{entry.call}未采用的稿件")
    address = receivers.get(receiver).take(text, by)
    record("entry.hand_over", entry, by=by, detail={"to": receivers.get(receiver).label})
    return address


def authors_of(entry: Entry) -> list[Any]:
    """Users of all authors, for notices."""
    return [row.member.user for row in entry.authors.select_related("member__user")]
