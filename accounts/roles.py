"""Every role and what it may do, in one file.

A capability is held in an office by a posting. Those in FLOWS_DOWN reach the offices below it too; all others stop
at the office of the posting.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Can(StrEnum):
    """Capabilities. The comment says who needs it for what."""

    VIEW_MEMBERS = "members.view"
    EDIT_MEMBERS = "members.edit"
    SEE_PRIVATE = "members.private"  # unmasked phone and identity numbers
    VIEW_PLANS = "plans.view"
    EDIT_PLANS = "plans.edit"
    APPROVE_PLANS = "plans.approve"
    VIEW_ACTIVITIES = "activities.view"
    EDIT_ACTIVITIES = "activities.edit"
    WRITE_PROPOSALS = "proposals.write"
    VIEW_PROPOSALS = "proposals.view"
    RECEIVE_PROPOSALS = "proposals.receive"  # return, file
    WRITE_OPINIONS = "opinions.write"
    VIEW_OPINIONS = "opinions.view"
    SCREEN_OPINIONS = "opinions.screen"  # accept, decline
    VIEW_REPORTS = "reports.view"
    MAKE_REPORTS = "reports.make"
    EDIT_REPORTS = "reports.edit"  # own manuscripts: edit, submit, correct
    REVIEW_REPORTS = "reports.review"  # 核稿
    APPROVE_REPORTS = "reports.approve"  # 签发
    VIEW_SURVEYS = "surveys.view"
    EDIT_SURVEYS = "surveys.edit"  # make, open, close, read results
    VIEW_CALLS = "calls.view"
    EDIT_CALLS = "calls.edit"  # calls for submissions: make, screen entries, award, publish
    WRITE_CALLS = "calls.write"  # take part in one
    ANSWER_PROPOSALS = "proposals.answer"
    APPROVE_AWARDS = "awards.approve"  # publish who was elected
    MANAGE_ACCOUNTS = "accounts.manage"
    MANAGE_OFFICE = "office.manage"  # offices, sectors, groups, sessions, code lists
    GRANT_ROLES = "roles.grant"
    READ_AUDIT = "audit.read"


#: Seen from above: a county office reads, approves and reports for the offices below it, but works only in its own.
FLOWS_DOWN = frozenset(
    {
        Can.VIEW_MEMBERS,
        Can.VIEW_PLANS,
        Can.APPROVE_PLANS,
        Can.VIEW_ACTIVITIES,
        Can.VIEW_PROPOSALS,
        Can.VIEW_OPINIONS,
        Can.VIEW_REPORTS,
        Can.VIEW_SURVEYS,
        Can.VIEW_CALLS,
        Can.MAKE_REPORTS,
        Can.REVIEW_REPORTS,
        Can.APPROVE_REPORTS,
        Can.MANAGE_ACCOUNTS,
        Can.MANAGE_OFFICE,
        Can.GRANT_ROLES,
        Can.READ_AUDIT,
    }
)


@dataclass(frozen=True)
class Role:
    """`description` is shown where roles are granted."""

    code: str
    label: str
    description: str
    capabilities: frozenset[Can]


def _role(code: str, label: str, description: str, *capabilities: Can) -> Role:
    return Role(code, label, description, frozenset(capabilities))


READ_ALL = (
    Can.VIEW_MEMBERS,
    Can.VIEW_PLANS,
    Can.VIEW_ACTIVITIES,
    Can.VIEW_PROPOSALS,
    Can.VIEW_OPINIONS,
    Can.VIEW_REPORTS,
    Can.VIEW_SURVEYS,
    Can.VIEW_CALLS,
    Can.MAKE_REPORTS,
)
OFFICE_WORK = (
    *READ_ALL,
    Can.EDIT_MEMBERS,
    Can.SEE_PRIVATE,
    Can.EDIT_PLANS,
    Can.EDIT_ACTIVITIES,
    Can.RECEIVE_PROPOSALS,
    Can.SCREEN_OPINIONS,
    Can.EDIT_SURVEYS,
    Can.EDIT_CALLS,
    Can.EDIT_REPORTS,
    Can.MANAGE_OFFICE,
)

ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        _role("staff", "工作人员", "录入计划、活动和委员资料，接收提案和社情民意，制作报告", *OFFICE_WORK),
        _role("head", "办公室负责人", "工作人员的全部权限，并审批本级及下级办公室的年度计划，核稿、签发报告",
              *OFFICE_WORK, Can.APPROVE_PLANS, Can.APPROVE_AWARDS, Can.REVIEW_REPORTS, Can.APPROVE_REPORTS),
        _role("member", "政协委员", "提交提案和社情民意，查看本人的履职记录、本办公室的计划和活动",
              Can.WRITE_PROPOSALS, Can.WRITE_OPINIONS, Can.WRITE_CALLS),
        _role("leader", "领导", "查看本级及下级的进度，签发和下载报告，督办重点提案，批准评优结果",
              *READ_ALL, Can.APPROVE_AWARDS, Can.APPROVE_REPORTS),
        _role("unit", "承办单位", "签收、答复和跟踪交办给本单位的提案", Can.ANSWER_PROPOSALS),
        _role("sysadmin", "系统管理员", "开通、停用账号，重置密码，维护机构和基础资料",
              Can.MANAGE_ACCOUNTS, Can.MANAGE_OFFICE),
        _role("secadmin", "安全管理员", "授予和收回角色", Can.GRANT_ROLES),
        _role("auditadmin", "审计管理员", "查看操作日志，不能修改任何内容", Can.READ_AUDIT),
    )
}  # fmt: skip

#: Separation of powers (GB/T 22239 8.1.4, level 3): nobody holds two of these, nor one of them with office work.
KEPT_APART = frozenset({"sysadmin", "secadmin", "auditadmin"})


def clash(held: set[str], wanted: str) -> str:
    """Why a person with the roles `held` may not be given `wanted`; empty when it is fine."""
    others = held - {wanted}
    if wanted in KEPT_APART and others:
        return f"“{ROLES[wanted].label}”必须由专人担任，不能与其他角色兼任。"
    if others & KEPT_APART:
        label = ROLES[next(iter(others & KEPT_APART))].label
        return f"此人是“{label}”，不能再兼任其他角色。"
    return ""
