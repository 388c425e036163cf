"""This app's entries of the navigation."""

from __future__ import annotations

from typing import Any

from accounts.roles import Can
from core.navigation import Entry, register
from organisation.permissions import can_see_accounts
from organisation.selectors import grants

GROUP = "系统管理"


def may(capability: Can) -> Any:
    return lambda user: grants(user).holds(capability)


def connect() -> None:
    register(Entry("getting_started", "开始使用", "flag", GROUP, can_see_accounts, order=80, tab=True))
    register(Entry("account_list", "账号与角色", "person-gear", GROUP, can_see_accounts, order=81, tab=True))
    register(Entry("basics", "基础资料", "sliders", GROUP, may(Can.MANAGE_OFFICE), order=82))
    register(Entry("audit_list", "操作日志", "journal-check", GROUP, may(Can.READ_AUDIT), order=83, tab=True))
