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

    `tab_label`: the words on that bar, four characters at most, when `label` is longer; `tab_order`: its place there,
    when it is another than in the menu. In large type the bar has room for four.
    """

    url_name: str
    label: str
    icon: str
    group: str
    visible: Callable[[Any], bool]
    order: int = 50
    tab: bool = False
    tab_label: str = ""
    tab_order: int = 0

    @property
    def place_on_bar(self) -> int:
        return self.tab_order or self.order


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
    items = {
        entry: NavItem(entry.label, urls[entry.url_name], entry.icon, urls[entry.url_name] == here) for entry in shown
    }
    for entry, item in items.items():
        groups.setdefault(entry.group, NavGroup(entry.group)).items.append(item)
    on_bar = sorted((entry for entry in shown if entry.tab), key=lambda entry: entry.place_on_bar)[:MOST_TABS]
    return list(groups.values()), [replace(items[entry], label=entry.tab_label or entry.label) for entry in on_bar]
