"""What waits for members in their notices, for the system administrator and the security administrator."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from accounts.roles import Can
from notices.models import Notice
from notices.todos import Todo, sources
from organisation import setup
from organisation.permissions import can_see_accounts
from organisation.selectors import account_scope, accounts_for, grants, home_office, without_role


def accounts_without_role(user: Any) -> list[Todo]:
    if not grants(user).holds(Can.GRANT_ROLES):
        return []
    rows = without_role(accounts_for(user))
    return [Todo("账号还没有角色，等待授予", rows, reverse("account_list") + "?role=none", "person-gear")]


def setup_steps(user: Any) -> list[Todo]:
    """For administrators at the top of the tree, until the list is done."""
    home = home_office(user)
    if home is None or home.parent_id is not None or not can_see_accounts(user):
        return []
    left = sum(not step.done for step in setup.own_steps(setup.facts(home, set(account_scope(user)))))
    return [Todo("初次使用还有几件事要做", left, reverse("getting_started"), "flag")]


def unread_notices(user: Any) -> list[Todo]:
    """For members: on a phone the bell has no room in the head."""
    if "member" not in grants(user).roles:
        return []
    rows = Notice.objects.filter(recipient=user, read_at__isnull=True)
    return [Todo("未读的通知", rows, reverse("notice_list"), "bell")]


def connect() -> None:
    sources.register("notices.unread", unread_notices)
    sources.register("accounts.without_role", accounts_without_role)
    sources.register("organisation.setup", setup_steps)
