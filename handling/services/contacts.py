"""Contacts with the proposers before the reply (面商)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from audit.services import record
from core import files
from core.clock import today
from core.errors import DomainError
from handling.defaults import CONTACT_WAY
from handling.enums import Stage
from handling.models import Assignment, Contact
from handling.permissions import can_note_contact
from handling.services import clocks
from organisation.selectors import codes


@transaction.atomic
def add(*, assignment: Assignment, day: date, way: str, persons: str, note: str = "", photo: Any = None,
        by: Any) -> Contact:  # fmt: skip
    """One conversation; the first one stops the clock of this stage. `photo` is an upload.

    Raises Denied, DomainError.
    """
    locked = Assignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)
    can_note_contact(by, locked).require()
    if day > today():
        raise DomainError("面商日期不能晚于今天。联系过以后再来登记。", field="day")
    if not codes(CONTACT_WAY, locked.proposal.office).filter(code=way).exists():
        raise DomainError("请选择“方式”。", field="way")
    stored = files.accept(photo, files.PHOTO, by=by) if photo else None
    made = Contact.objects.create(
        assignment=locked, day=day, way=way, persons=persons, note=note, photo=stored, by=by
    )  # fmt: skip
    stop_clock(locked)
    record("contact.add", made, by=by, detail={"day": str(day), "way": way})
    return made


def stop_clock(assignment: Assignment) -> None:
    """On the day of the first conversation, which may lie before the day it was entered."""
    first = assignment.contacts.order_by("day", "pk").first()
    clocks.stop(stages=[Stage.CONTACT], assignment=assignment, on=first.day if first else None)


@transaction.atomic
def drop(*, contact: Contact, by: Any) -> None:
    """Takes away an entry made by mistake; the audit trail keeps what it said."""
    can_note_contact(by, contact.assignment).require()
    detail = {"day": str(contact.day), "way": contact.way, "persons": contact.persons, "note": contact.note}
    record("contact.drop", contact, by=by, detail=detail)
    contact.delete()
