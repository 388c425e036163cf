"""Navigation entries of the members app."""

from __future__ import annotations

from typing import Any

from accounts.roles import Can
from core.navigation import Entry, register
from organisation.selectors import grants


def looks_into_files(user: Any) -> bool:
    return grants(user).holds(Can.VIEW_MEMBERS)


def is_member(user: Any) -> bool:
    return "member" in grants(user).roles


def install() -> None:
    register(Entry("member_list", "委员名册", "people", "委员", looks_into_files, order=40, tab=True))
    register(
        Entry(
            "my_record",
            "我的履职",
            "person-badge",
            "我的",
            is_member,
            order=30,
            tab=True,
            tab_label="履职",
            tab_order=11,
        )
    )
