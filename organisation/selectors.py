"""Who may do what where, and the basic data of offices. Every `visible_to` in the portal starts here."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.models import User
from accounts.roles import FLOWS_DOWN, ROLES, Can
from core.clock import today
from core.permissions import ALLOWED, Permission, denied
from organisation.models import Code, Office, Posting, Rule, Session


@dataclass(frozen=True)
class Grants:
    """What one user holds today. `offices[capability]` are office ids, those below included where it flows down;
    `home` is the office of the first posting."""

    roles: frozenset[str] = frozenset()
    offices: dict[Can, frozenset[int]] = field(default_factory=dict)
    home: Office | None = None
    home_ids: tuple[int, ...] = ()
    unit_ids: frozenset[int] = frozenset()

    def where(self, capability: Can) -> frozenset[int]:
        return self.offices.get(capability, frozenset())

    def holds(self, capability: Can) -> bool:
        return bool(self.offices.get(capability))


def grants(user: Any) -> Grants:
    """The user's grants, computed once per request (kept on the user object): two queries at most."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return Grants()
    if not hasattr(user, "_grants"):
        user._grants = compute_grants(list(user.postings.on(today()).select_related("office")))
    return user._grants


def forget_grants(user: Any) -> None:
    """After a write to the user's postings: the next question reads them again."""
    user.__dict__.pop("_grants", None)
    user.__dict__.pop("_home_line", None)


def compute_grants(postings: list[Posting]) -> Grants:
    offices: dict[Can, set[int]] = {}
    reaches_down = any(ROLES[posting.role].capabilities & FLOWS_DOWN for posting in postings)
    tree = children_by_parent() if reaches_down else {}
    for posting in postings:
        below = descend(posting.office_id, tree)
        for capability in ROLES[posting.role].capabilities:
            reach = below if capability in FLOWS_DOWN else {posting.office_id}
            offices.setdefault(capability, set()).update(reach)
    return Grants(
        roles=frozenset(posting.role for posting in postings),
        offices={capability: frozenset(ids) for capability, ids in offices.items()},
        home=postings[0].office if postings else None,
        home_ids=tuple(dict.fromkeys(posting.office_id for posting in postings)),
        unit_ids=frozenset(posting.unit_id for posting in postings if posting.unit_id),
    )


def children_by_parent() -> dict[int | None, list[int]]:
    tree: dict[int | None, list[int]] = {}
    for pk, parent in Office.objects.order_by("code").values_list("pk", "parent_id"):
        tree.setdefault(parent, []).append(pk)
    return tree


def descend(office_id: int, tree: dict[int | None, list[int]] | None = None) -> set[int]:
    """The office and all below it."""
    tree = children_by_parent() if tree is None else tree
    found, waiting = set(), [office_id]
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting.extend(tree.get(here, []))
    return found


def can(user: Any, capability: Can, office: Office | int | None = None) -> Permission:
    """Whether the user holds the capability in the office (None: in any office)."""
    where = grants(user).where(capability)
    if not where:
        return denied("您的账号没有这项权限。如需要，请联系办公室。")
    office_id = office.pk if isinstance(office, Office) else office
    if office_id is not None and office_id not in where:
        return denied("这项工作由其他办公室负责，您可以查看，不能修改。")
    return ALLOWED


def offices_for(user: Any, capability: Can) -> QuerySet[Office]:
    return Office.objects.filter(pk__in=grants(user).where(capability), is_active=True)


def home_office(user: Any) -> Office | None:
    """The office the user works in or belongs to: that of the first posting held today. Costs nothing after grants."""
    return grants(user).home


def root_of(office: Office) -> Office:
    """The committee's office at the top of the tree. One query per level above, none for the root itself."""
    seen = {office.pk}
    while office.parent_id and office.parent_id not in seen:
        office = office.parent
        seen.add(office.pk)
    return office


def users_with(capability: Can, office: Office) -> list[User]:
    """Active users who hold the capability in this office, for notices."""
    above = [office.pk]
    if capability in FLOWS_DOWN:
        above = line_up(office)
    roles = [role.code for role in ROLES.values() if capability in role.capabilities]
    held = Posting.objects.on(today()).filter(office_id__in=above, role__in=roles)
    return list(User.objects.filter(is_active=True, pk__in=held.values("user_id")))


def line_up(office: Office) -> list[int]:
    """Ids of the office and those above it, nearest first. Kept on the object: a list asks for several code lists."""
    if office.parent_id is None:
        return [office.pk]
    parent, known = office.__dict__.get("_line", (None, []))
    if parent == office.parent_id:
        return list(known)
    line, parents = [], dict(Office.objects.values_list("pk", "parent_id"))
    here: int | None = office.pk
    while here is not None and here not in line:
        line.append(here)
        here = parents.get(here)
    office.__dict__["_line"] = (office.parent_id, tuple(line))
    return line


def home_line(user: Any) -> list[int]:
    """Ids of the user's home office and those above it; kept on the user object like the grants."""
    if not hasattr(user, "_home_line"):
        home = grants(user).home
        user._home_line = line_up(home) if home else []
    return user._home_line


def current_session(office: Office, on: date | None = None) -> Session | None:
    """The committee's session that holds on the day (today by default)."""
    day = on or today()
    return Session.objects.on(day).filter(term__office=root_of(office)).select_related("term").first()


def codes(kind: str, office: Office | None = None, on: date | None = None) -> QuerySet[Code]:
    """Entries of a list that hold on the day: the shipped ones and those of the office's committee and its own."""
    allowed = Q(office__isnull=True)
    if office is not None:
        allowed |= Q(office_id__in=line_up(office))
    return Code.objects.on(on or today()).filter(allowed, kind=kind)


def rule(key: str, office: Office | None = None, on: date | None = None) -> Any:
    """The value in force: the office's own, else that of the nearest office above, else the shipped one.

    Raises KeyError when nobody, not even the shipped set, has the key.
    """
    return rules((key,), office, on)[key]


def rules(keys: Collection[str], office: Office | None = None, on: date | None = None) -> dict[str, Any]:
    """Several rules at once, each as `rule` answers; two queries. Raises KeyError."""
    line: list[int | None] = [*(line_up(office) if office else []), None]
    found: dict[tuple[str, int | None], Any] = {}
    for row in Rule.objects.filter(key__in=keys, starts__lte=on or today()).order_by("starts"):
        found[row.key, row.office_id] = row.value
    known = {key: [found[key, pk] for pk in line if (key, pk) in found] for key in keys}
    if missing := [key for key, values in known.items() if not values]:
        raise KeyError(f"no rule “{missing[0]}”")
    return {key: values[0] for key, values in known.items()}


def code_labels(kind: str) -> dict[str, str]:
    """code → newest label of a list, entries that no longer hold included: old records keep their words."""
    return dict(Code.objects.filter(kind=kind).order_by("starts", "pk").values_list("code", "label"))


def code_choices(kind: str, office: Office | None = None) -> list[tuple[str, str]]:
    """(code, label) pairs on offer today, in the office's order, for a form."""
    return list(codes(kind, office).values_list("code", "label"))


def offered(kind: str, office: Office, current: str = "") -> list[tuple[str, str]]:
    """The pairs on offer, and the one a record already has even when it no longer is on offer."""
    found = code_choices(kind, office)
    if current and current not in dict(found):
        found.append((current, code_labels(kind).get(current, current)))
    return found


def scope_note(ids: str) -> str:
    """“只显示：清溪镇联络处。” for the hidden office filter (“3,5”) of a link behind a figure; empty without one."""
    wanted = [int(pk) for pk in ids.split(",") if pk.isdecimal() and len(pk) < 19]
    names = Office.objects.filter(pk__in=wanted).values_list("short_name", flat=True) if wanted else []
    return f"只显示：{'、'.join(names)}。" if names else ""


def contact(office: Office) -> str:
    """Whom to phone, as part of a sentence: “县政协（电话 0800-1234567）”."""
    return f"{office.short_name}（电话 {office.phone}）" if office.phone else office.short_name


# --- accounts and postings ---------------------------------------------------------------------------------------
def account_scope(user: Any) -> frozenset[int]:
    """Offices whose accounts the user looks after, as system or as security administrator."""
    held = grants(user)
    return held.where(Can.MANAGE_ACCOUNTS) | held.where(Can.GRANT_ROLES)


def accounts_for(user: Any) -> QuerySet[User]:
    """Accounts with a live role in the user's offices; of those without a live role the ones that last worked here,
    and the ones that never had a role at all."""
    of_account = Posting.objects.filter(user=OuterRef("pk"))
    here = Q(office_id__in=account_scope(user))
    live = of_account.live(today())
    idle = ~Exists(live) & (Exists(of_account.filter(here)) | ~Exists(of_account))
    return User.objects.filter(Exists(live.filter(here)) | idle) if account_scope(user) else User.objects.none()


def without_role(accounts: QuerySet[User]) -> QuerySet[User]:
    """Those who could sign in but would see nothing."""
    return accounts.filter(~Exists(Posting.objects.filter(user=OuterRef("pk")).live(today())), is_active=True)


def account_for(user: Any, pk: int) -> User:
    """Raises Http404 for an account outside the user's offices."""
    return get_object_or_404(accounts_for(user), pk=pk)


def postings_of(account: User) -> QuerySet[Posting]:
    """All of the account's postings, past ones included, newest first."""
    return account.postings.select_related("office", "unit").order_by("-starts", "-id")


def has_security_administrator(office: Office) -> bool:
    """Whether anybody in the office's tree holds that role now or from a later day on, disabled accounts included."""
    tree = descend(root_of(office).pk)
    return Posting.objects.live(today()).filter(role="secadmin", office_id__in=tree).exists()


# --- basic data --------------------------------------------------------------------------------------------------
def committee_of(user: Any) -> Office:
    """The root of the user's home office. Raises Http404 for somebody without an office."""
    home = home_office(user)
    if home is None:
        raise Http404
    return root_of(home)
