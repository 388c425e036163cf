"""Which units may share a proposal, and the numbers of the office's rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import DomainError
from handling.enums import AssignmentRole as R
from organisation.models import HandlingUnit

LEADING = frozenset({R.SINGLE, R.LEAD})


@dataclass(frozen=True)
class Share:
    """One unit's part in a proposal. `place` is the row on the form, for the error."""

    unit: HandlingUnit
    role: str
    note: str = ""
    place: int = 0


def require_fitting(sent: Sequence[Share], planned: Sequence[Share]) -> None:
    """Raises DomainError with the first thing that is wrong with these units together. `sent` are with their units
    already; only `planned` can still be changed.
    """
    if not planned and not sent:
        raise DomainError("请至少选择一个承办单位。", field="unit_1")
    seen = {share.unit.pk for share in sent}
    for share in planned:
        require_usable(share, seen)
        seen.add(share.unit.pk)
    helped = any(share.role == R.COOP for share in planned)
    # A unit that handles it alone leads as soon as another one helps.
    roles = [R.LEAD if share.role == R.SINGLE and helped else share.role for share in sent]
    if sentence := misfit([*roles, *(share.role for share in planned)]):
        raise DomainError(sentence)


def require_usable(share: Share, seen: set[int]) -> None:
    if share.unit.pk in seen:
        raise DomainError(
            f"{share.unit.name}选了两次。一个单位在一件提案里只有一种办理方式。", field=f"unit_{share.place}"
        )
    if not share.unit.is_active:
        raise DomainError(f"{share.unit.name}已停用，请另选单位。", field=f"unit_{share.place}")
    if share.role not in R.values:
        raise DomainError(f"请选择{share.unit.name}的办理方式。", field=f"role_{share.place}")


def misfit(roles: Sequence[str]) -> str:
    """What is wrong with these roles together, as a sentence; empty when they fit."""
    leads, splits, coops = (
        sum(role in LEADING for role in roles), roles.count(R.SPLIT), roles.count(R.COOP),
    )  # fmt: skip
    if splits:
        if leads or coops:
            return "分办的提案由各单位分别答复，不能同时有单办、主办或会办单位。"
        return "" if splits > 1 else "分办至少要有两个单位。只有一个单位请选“单办”。"
    if leads > 1:
        return "一件提案只能有一个主办（或单办）单位。要由几个单位分别答复，请都选“分办”。"
    if not leads:
        return "会办单位的意见交给主办单位汇总，请再选一个主办单位。"
    return "有会办单位时，牵头的单位请选“主办”，不选“单办”。" if R.SINGLE in roles and coops else ""
