"""Writes to single files: create, change, leave and come back, and the trail of who saw what."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from accounts.services import update_account
from audit.services import changes, record
from core.clock import today
from core.errors import DomainError, StateChanged
from core.versions import editing
from members import rules
from members.enums import MemberState
from members.models import Member
from members.names import pinyin_of, tidy
from organisation.models import Office, Term
from organisation.services import end_posting, grant_role

#: Written into the audit trail only as “changed”.
PRIVATE = ("phone", "email", "address", "birth_date", "note")
#: What a form or an import may set. Office, term, account and state have their own services.
EDITABLE = (
    "member_no", "name", "name_pinyin", "gender", "birth_date", "ethnicity", "party_affiliation", "sector_id",
    "committee_id", "group_id", "level", "is_standing_member", "employer", "phone", "email", "address", "joined_on",
    "note",
)  # fmt: skip


def plain(values: dict[str, Any]) -> dict[str, Any]:
    """The editable values among the given ones, tidied; `sector`, `committee` and `group` as ids."""
    kept = {name: value for name, value in values.items() if name in EDITABLE}
    for name in ("sector", "committee", "group"):
        if name in values:
            kept[f"{name}_id"] = values[name].pk if values[name] else None
    if "name" in kept:
        kept["name"] = tidy(kept["name"])
    if "name_pinyin" in kept:
        kept["name_pinyin"] = " ".join(kept["name_pinyin"].lower().split())
    return kept


def snapshot(member: Member) -> dict[str, Any]:
    return {name: getattr(member, name) for name in EDITABLE}


def difference(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """What changed, for the audit trail: private values are named, not spelled out."""
    found = changes(before, after)
    return {name: ["（略）", "（略）"] if name in PRIVATE else pair for name, pair in found.items()}


def refuse_problems(values: dict[str, Any]) -> None:
    """Raises DomainError for the first broken rule."""
    for name, sentence in rules.problems(values):
        raise DomainError(sentence, field=name)


def refuse_taken_number(term_id: int, member_no: str, *, but: int | None = None) -> None:
    """Raises DomainError when somebody of the term has the number."""
    holder = Member.objects.filter(term_id=term_id, member_no=member_no).exclude(pk=but).first()
    if holder is not None:
        raise DomainError(
            f"编号“{member_no}”在{holder.term}已经由{holder.office.short_name}的委员使用，请换一个编号。",
            field="member_no",
        )


@transaction.atomic
def create_member(*, office: Office, term: Term, by: Any, **values: Any) -> Member:
    """A new file. Raises DomainError for broken rules and for a number already used in the term."""
    kept = plain(values)
    refuse_problems(kept)
    Term.objects.select_for_update().get(pk=term.pk)  # two people adding the same number wait for each other
    refuse_taken_number(term.pk, kept["member_no"])
    member = Member.objects.create(office=office, term=term, updated_by=by, **kept)
    record("member.create", member, by=by, detail=difference({}, {k: v for k, v in kept.items() if v}))
    return member


@transaction.atomic
def update_member(*, member: Member, version: int | None, by: Any, **values: Any) -> Member:
    """Changes the given fields. Raises Conflict when somebody saved meanwhile, DomainError for broken rules."""
    kept = plain(values)
    with editing(member, version=version, by=by) as locked:
        before = snapshot(locked)
        whole = before | {"left_on": locked.left_on} | kept
        refuse_problems(whole)
        if kept.get("member_no", locked.member_no) != locked.member_no:
            refuse_taken_number(locked.term_id, kept["member_no"], but=locked.pk)
        assign(locked, kept)
    rename_account(locked, before["name"], by)
    record("member.update", locked, by=by, detail=difference(before, snapshot(locked)))
    return locked


def assign(member: Member, kept: dict[str, Any]) -> None:
    """Sets the values; a new name gets a new reading unless one is given with it."""
    renamed = "name" in kept and kept["name"] != member.name
    given = kept.get("name_pinyin", "")
    if renamed and given in ("", member.name_pinyin):
        kept = kept | {"name_pinyin": pinyin_of(kept["name"])}
    for name, value in kept.items():
        setattr(member, name, value)
    member.fill_readings()


def rename_account(member: Member, former: str, by: Any) -> None:
    """The account carries the name other people see; it follows the file."""
    user = member.user
    if user is not None and member.name != former:
        update_account(user=user, username=user.username, name=member.name, phone=user.phone, by=by)


@transaction.atomic
def mark_left(*, member: Member, left_on: date, reason: str, version: int | None, by: Any) -> Member:
    """离任: the file stays, contact data leave the lists, the account may no longer act as a member."""
    with editing(member, version=version, by=by) as locked:
        if locked.state != MemberState.SERVING:
            raise StateChanged("这位委员已经离任。")
        refuse_problems({"left_on": left_on, "joined_on": locked.joined_on})
        locked.state, locked.left_on, locked.left_reason = MemberState.LEFT, left_on, reason
    for posting in member_postings(locked):
        end_posting(posting=posting, by=by, ends=left_on if left_on < today() else None, reason="离任")
    record("member.leave", locked, by=by, detail={"left_on": str(left_on), "reason": reason})
    return locked


def member_postings(member: Member) -> list[Any]:
    if member.user is None:
        return []
    return list(member.user.postings.live(today()).filter(role="member", office=member.office))


@transaction.atomic
def reinstate(*, member: Member, by: Any) -> Member:
    """Takes a leaving back that was recorded by mistake; the account acts as a member again."""
    with editing(member, version=None, by=by) as locked:
        if locked.state != MemberState.LEFT:
            raise StateChanged("这位委员没有离任。")
        locked.state, locked.left_on, locked.left_reason = MemberState.SERVING, None, ""
    if locked.user is not None and not member_postings(locked):
        grant_role(user=locked.user, role="member", office=locked.office, by=by)
    record("member.reinstate", locked, by=by)
    return locked


# --- who saw what ----------------------------------------------------------------------------------------------
def note_private_shown(*, member: Member, by: Any, where: str) -> None:
    """Full contact data were shown. `where` is the page: “detail” or “form”."""
    record("member.private_shown", member, by=by, detail={"where": where})


def note_export(*, by: Any, office: Office | None, what: str, query: str) -> None:
    """A list left the portal. `query` is the filter as it stood in the address."""
    record("member.export", office, by=by, detail={"what": what, "query": query[:300]})
