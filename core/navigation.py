"""Navigation entries: each app registers its own, the base template shows those the user may open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from django.urls import reverse

from core.registry import Registry


@dataclass(frozen=True)
class Entry:
    """`visible(user)` decides; `group` is the heading on wide screens; `tab` puts it on the phone's bottom bar.

    `tab_label`: the words on that bar, four characters at most, when `label` is longer.
    """

    url_name: str
    label: str
    icon: str
    group: str
    visible: Callable[[Any], bool]
    order: int = 50
    tab: bool = False
    tab_label: str = ""


@dataclass(frozen=True)
class NavItem:
    label: str
    url: str
    icon: str
    active: bool
    badge: int = 0


@dataclass
class NavGroup:
    label: str
    items: list[NavItem] = field(default_factory=list)


entries: Registry[Entry] = Registry("navigation entry")
MOST_TABS = 5


def register(entry: Entry) -> None:
    entries.register(entry.url_name, entry)


def menu(user: Any, path: str) -> tuple[list[NavGroup], list[NavItem]]:
    """(groups for the side bar, tabs for the phone) for this user at this path."""
    shown = sorted((entry for entry in entries if entry.visible(user)), key=lambda entry: entry.order)
    urls = {entry.url_name: reverse(entry.url_name) for entry in shown}
    here = max((url for url in urls.values() if path.startswith(url)), key=len, default="")
    groups: dict[str, NavGroup] = {}
    tabs = []
    for entry in shown:
        item = NavItem(entry.label, urls[entry.url_name], entry.icon, urls[entry.url_name] == here)
        groups.setdefault(entry.group, NavGroup(entry.group)).items.append(item)
        if entry.tab:
            tabs.append(replace(item, label=entry.tab_label or entry.label))
    return list(groups.values()), tabs[:MOST_TABS]
