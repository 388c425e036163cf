"""Shared reads of members' files."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Replace
from django.shortcuts import get_object_or_404

from accounts.roles import Can
from core.clock import chinese_date, today
from core.errors import Denied
from members.models import Member, MemberImport
from members.names import HAN
from members.rules import PARTY_KIND
from organisation.models import Committee, LiaisonGroup, Office, Sector, Term
from organisation.selectors import codes, grants, offices_for, root_of

RELATED = ("office", "term", "sector", "committee", "group", "user", "updated_by")
HAS_HAN = re.compile(f"[{HAN}]")
TAIL = 4  # digits of a phone number that every list shows anyway


def get_for(user: Any, pk: int) -> Member:
    """Raises Http404 for a member the user may not know of."""
    return get_object_or_404(Member.objects.visible_to(user).select_related(*RELATED), pk=pk)


def get_import_for(user: Any, pk: int) -> MemberImport:
    """An upload is its owner's alone, as long as the owner works in that office."""
    where = grants(user).where(Can.EDIT_MEMBERS)
    waiting = MemberImport.objects.filter(owner=user, office_id__in=where)
    return get_object_or_404(waiting.select_related("office", "term"), pk=pk)


def member_of(user: Any) -> Member | None:
    """The user's own file."""
    return Member.objects.filter(user_id=user.pk).select_related(*RELATED).first()


# --- search ----------------------------------------------------------------------------------------------------
def search(members: QuerySet[Member], user: Any, query: str) -> QuerySet[Member]:
    """Those whose name (汉字), pinyin, initials, phone tail, number or employer fits; names that begin so come first.

    More than the last four digits of a phone number find somebody only where the user may see the number; otherwise
    the search would spell it out digit by digit.
    """
    wanted = "".join(query.split())
    if not wanted:
        return members
    flat = members.annotate(pinyin_flat=Replace("name_pinyin", Value(" "), Value("")))
    if HAS_HAN.search(wanted):
        found, first = by_characters(wanted)
    elif wanted.isdecimal():
        found, first = by_digits(wanted, user)
    else:
        found, first = by_letters(wanted.lower().replace("ü", "v").replace("'", ""), wanted)
    rank = Case(When(first, then=Value(0)), default=Value(1), output_field=IntegerField())
    return flat.filter(found).annotate(rank=rank).order_by("rank", "name_pinyin", "id")


def by_characters(wanted: str) -> tuple[Q, Q]:
    return Q(name__contains=wanted) | Q(employer__contains=wanted), Q(name__startswith=wanted)


def by_digits(wanted: str, user: Any) -> tuple[Q, Q]:
    numbered = Q(member_no__contains=wanted)
    if len(wanted) < TAIL:
        return numbered, Q(member_no__startswith=wanted)
    phone = Q(phone__endswith=wanted)
    if len(wanted) > TAIL:
        phone = Q(phone__contains=wanted, office_id__in=grants(user).where(Can.SEE_PRIVATE))
    return numbered | phone, phone


def by_letters(letters: str, typed: str) -> tuple[Q, Q]:
    begins = Q(pinyin_flat__startswith=letters) | Q(name_initials__startswith=letters)
    found = begins | Q(name_pinyin__contains=f" {letters}") | Q(member_no__icontains=typed) | Q(name__icontains=typed)
    return found, begins


# --- the lists behind forms, filters and imports ------------------------------------------------------------------
def offices_to_edit(user: Any) -> QuerySet[Office]:
    return offices_for(user, Can.EDIT_MEMBERS)


def office_to_edit(user: Any) -> Office:
    """The first of the user's own offices; nearly everybody works in one. Raises Denied when it was closed."""
    office = offices_to_edit(user).first()
    if office is None:
        raise Denied("您所在的办公室已停用，不能登记委员。")
    return office


def terms_of(office: Office) -> QuerySet[Term]:
    return Term.objects.filter(office=root_of(office))


def current_term(office: Office, on: date | None = None) -> Term | None:
    """The committee's term that holds on the day, else its newest."""
    terms = terms_of(office)
    return terms.on(on or today()).first() or terms.first()


def sectors_of(office: Office) -> QuerySet[Sector]:
    return Sector.objects.filter(office=root_of(office), is_active=True)


def committees_of(office: Office) -> QuerySet[Committee]:
    return Committee.objects.filter(office=root_of(office), is_active=True)


def groups_of(office: Office) -> QuerySet[LiaisonGroup]:
    return LiaisonGroup.objects.filter(office=office, is_active=True)


def parties(office: Office | None = None) -> list[str]:
    return list(codes(PARTY_KIND, office).values_list("label", flat=True))


def without_account(user: Any) -> QuerySet[Member]:
    """Serving members of the user's offices who cannot sign in yet."""
    where = grants(user).where(Can.EDIT_MEMBERS)
    return Member.objects.serving().filter(office_id__in=where, user__isnull=True)


# --- what a page shows of a person ----------------------------------------------------------------------------------
def contact(member: Member, *, full: bool) -> dict[str, str]:
    """Phone, mail, address and day of birth, masked unless `full` (SEC-21)."""
    born = member.birth_date
    if full:
        spelled = chinese_date(born) if born else ""
        return {"phone": member.phone, "email": member.email, "address": member.address, "birth_date": spelled}
    hidden = {name: "已填写，未显示" if getattr(member, name) else "" for name in ("email", "address")}
    return {"phone": member.masked_phone, **hidden, "birth_date": f"{born.year}年（月、日未显示）" if born else ""}
