"""What an administrator can do to an account, as one table: the buttons and the view both come from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from accounts import services
from accounts.models import User
from core.workflow import Action
from organisation.permissions import can_change_access, can_create_account


@dataclass(frozen=True)
class AccountAction:
    """`fits` says for which accounts the action makes sense; `run` (account, by, reason) may return a new initial
    password."""

    name: str
    label: str
    done: str
    run: Callable[[User, User, str], str | None]
    fits: Callable[[User], bool] = lambda account: account.is_active
    tone: str = "secondary"
    needs_reason: bool = False


ACTIONS = {
    action.name: action
    for action in (
        AccountAction(
            "reset-password", "重置密码", "已重置密码，原来的密码和登录都已失效。",
            lambda account, by, reason: services.reset_password(user=account, by=by, reason=reason), needs_reason=True,
        ),
        AccountAction(
            "end-sessions", "强制退出登录", "已退出此人在所有设备上的登录。",
            lambda account, by, reason: services.sign_out_everywhere(user=account, by=by),
        ),
        AccountAction(
            "disable", "停用账号", "账号已停用，此人不能再登录。",
            lambda account, by, reason: services.set_active(user=account, active=False, by=by, reason=reason),
            tone="danger", needs_reason=True,
        ),
        AccountAction(
            "enable", "启用账号", "账号已启用。",
            lambda account, by, reason: services.set_active(user=account, active=True, by=by),
            fits=lambda account: not account.is_active,
        ),
    )
}  # fmt: skip


def offered(user: Any, account: User, url: Callable[[str], str]) -> list[Action]:
    """The buttons for this account, each allowed or denied with a reason; none for who manages no accounts at all."""
    if not can_create_account(user):
        return []
    answer = can_change_access(user, account)
    return [
        Action(each.name, each.label, each.tone, bool(answer), answer.reason, each.needs_reason, "原因", url(each.name))
        for each in ACTIONS.values()
        if each.fits(account)
    ]
