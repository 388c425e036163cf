"""What waits for office staff in the members' files."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from accounts.roles import Can
from members import selectors
from notices.todos import Todo
from organisation.selectors import grants


def without_account(user: Any) -> list[Todo]:
    """Serving members who cannot sign in yet."""
    if not grants(user).holds(Can.EDIT_MEMBERS):
        return []
    return [Todo("还没有账号的委员", selectors.without_account(user), reverse("member_accounts"), "person-plus")]
