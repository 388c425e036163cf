"""Who may look after accounts, roles and basic data, and why not."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from accounts.roles import Can
from core.clock import today
from core.permissions import ALLOWED, Permission, denied, first_denial
from organisation.models import Code, DaysOff, Office, Posting
from organisation.selectors import can, grants, has_security_administrator, home_office

#: What a system administrator may grant while the tree has no security administrator (first run).
FIRST_ROLE = "secadmin"


# --- accounts ----------------------------------------------------------------------------------------------------
def can_see_accounts(user: Any) -> Permission:
    held = grants(user)
    if held.holds(Can.MANAGE_ACCOUNTS) or held.holds(Can.GRANT_ROLES):
        return ALLOWED
    return denied("账号由系统管理员维护，角色由安全管理员授予。您的账号没有这项权限。")


def can_create_account(user: Any) -> Permission:
    if grants(user).holds(Can.MANAGE_ACCOUNTS):
        return ALLOWED
    return denied("开通账号由系统管理员办理。")


def can_manage_account(user: Any, account: User) -> Permission:
    """An account that also works outside the administrator's offices is left to the administrator above: its password
    opens those offices too."""
    where = grants(user).where(Can.MANAGE_ACCOUNTS)
    if not where:
        return denied("账号由系统管理员维护。")
    if Posting.objects.live(today()).filter(user=account).exclude(office_id__in=where).exists():
        return denied("此人还在其他机构任职，请由上级机构的系统管理员办理。")
    return ALLOWED


def not_oneself(user: Any, account: User) -> Permission:
    return denied("不能对自己的账号进行这项操作。") if user.pk == account.pk else ALLOWED


def can_change_access(user: Any, account: User) -> Permission:
    """Reset the password, disable, enable, end sessions."""
    return first_denial(not_oneself(user, account), can_manage_account(user, account))


# --- roles -------------------------------------------------------------------------------------------------------
def may_appoint_first(user: Any) -> bool:
    """The first-run rule: without a security administrator in the tree, the system administrator appoints one."""
    home = home_office(user)
    appoints = grants(user).holds(Can.MANAGE_ACCOUNTS)
    return appoints and home is not None and not has_security_administrator(home)


def can_grant(user: Any, account: User, role: str = "", office: Office | None = None) -> Permission:
    """Grant `role` in `office` (left out: any). Nobody grants to himself."""
    if user.pk == account.pk:
        return denied("不能给自己授予角色，请由另一位管理员办理。")
    if not account.is_active:
        return denied("账号已停用，请先启用再授予角色。")
    if grants(user).holds(Can.GRANT_ROLES):
        return can(user, Can.GRANT_ROLES, office)
    if role in {"", FIRST_ROLE} and may_appoint_first(user):
        return can(user, Can.MANAGE_ACCOUNTS, office)
    return denied("角色由安全管理员授予。")


def can_end_posting(user: Any, posting: Posting) -> Permission:
    """Ending one's own role would leave nobody to undo it."""
    if posting.taken_back or (posting.ends and posting.ends < today()):
        return denied("这项角色已经结束。")
    if posting.user_id == user.pk:
        return denied("不能收回自己的角色，请由另一位安全管理员办理。")
    if not grants(user).holds(Can.GRANT_ROLES):
        return denied("角色由安全管理员收回。")
    return can(user, Can.GRANT_ROLES, posting.office_id)


# --- basic data --------------------------------------------------------------------------------------------------
def can_manage_data(user: Any, office: Office) -> Permission:
    """Lists that belong to `office`; a township's staff look at the committee's lists but do not change them."""
    if office.pk in grants(user).where(Can.MANAGE_OFFICE):
        return ALLOWED
    return denied(f"由{office.short_name}维护，您可以查看。")


def can_close_office(user: Any, office: Office) -> Permission:
    """Only from above: nobody closes the office he works in, nor the committee."""
    if office.parent_id is None:
        return denied("最上级机构不能停用。")
    if office.parent_id not in grants(user).where(Can.MANAGE_OFFICE):
        return denied("由上级机构停用或启用。")
    return ALLOWED


def can_change_shipped(user: Any) -> Permission:
    """Entries shipped for everybody belong to the committee while it is the only one of the installation."""
    roots = list(Office.objects.filter(parent=None).values_list("pk", flat=True)[:2])
    if len(roots) == 1 and roots[0] in grants(user).where(Can.MANAGE_OFFICE):
        return ALLOWED
    return denied("系统预设，由政协机关统一维护。")


def can_change_code(user: Any, code: Code) -> Permission:
    return can_change_shipped(user) if code.office is None else can_manage_data(user, code.office)


def can_change_days(user: Any, row: DaysOff) -> Permission:
    return can_change_shipped(user) if row.office is None else can_manage_data(user, row.office)
