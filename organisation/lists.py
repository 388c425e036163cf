"""Names of code lists and rules, registered by the apps that use them, so that the office sees Chinese words.

lists.codes.register("proposal_category", CodeList("提案类别", "提案立案时选择"))
lists.rules.register("reply.days", RuleName("答复期限", unit="天"))
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from core.registry import Registry


@dataclass(frozen=True)
class CodeList:
    """`note` says where the list is used."""

    label: str
    note: str = ""


@dataclass(frozen=True)
class RuleName:
    """`parts` names the keys of a value that is a table."""

    label: str
    unit: str = ""
    note: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class BasicsPage:
    """A page of its own on which an app above keeps basic data: a card beside the lists and rules."""

    url_name: str
    label: str
    note: str
    icon: str


codes: Registry[CodeList] = Registry("code list")
rules: Registry[RuleName] = Registry("rule")
pages: Registry[BasicsPage] = Registry("page of basic data")


def code_list(kind: str) -> CodeList:
    return codes.find(kind) or CodeList(kind)


def rule_name(key: str) -> RuleName:
    return rules.find(key) or RuleName(key)


def shown(value: Any, name: RuleName) -> str:
    """A rule's value in words."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(map(str, value))
    if isinstance(value, dict):
        return "；".join(f"{name.parts.get(key, key)} {shown(each, name)}" for key, each in value.items())
    return f"{value} {name.unit}".strip()
