"""Navigation entries of the members app."""

from __future__ import annotations

from accounts.roles import Can
from core.navigation import Entry, register
from organisation.selectors import grants


def install() -> None:
    register(
        Entry("member_list", "委员名册", "people", "委员", lambda user: grants(user).holds(Can.VIEW_MEMBERS), order=40)
    )
    register(
        Entry("my_record", "我的履职", "person-badge", "我的", lambda user: "member" in grants(user).roles, order=30,
              tab=True)
    )  # fmt: skip
