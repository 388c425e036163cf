"""Home pages of the three administrators."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from accounts.roles import Can
from audit.selectors import entries
from core.clock import start_of, today
from dashboard.leader import YearFigure
from dashboard.member import Entrance
from organisation.models import Office
from organisation.selectors import accounts_for, grants, without_role

ACCOUNTS = "account_list"


def entrances(user: Any) -> list[Entrance]:
    """The work of each of the three, kept apart as their roles are."""
    roles = grants(user).roles
    found = []
    if "sysadmin" in roles:
        found += [
            Entrance("开通账号", "给工作人员和委员开通账号，密码只显示一次。", reverse("account_new"), "person-plus"),
            Entrance("账号与角色", "停用账号、重置密码、查看谁有什么角色。", reverse(ACCOUNTS), "person-gear"),
            Entrance("基础资料", "机构、届次、界别、联络组、码表和规则。", reverse("basics"), "sliders"),
        ]
    if "secadmin" in roles:
        found.append(Entrance("授予和收回角色", "先找到人，再授予或收回角色。", reverse(ACCOUNTS), "person-check"))
    if "auditadmin" in roles:
        found.append(
            Entrance(
                "查看操作日志", "谁在什么时间做了什么，只能查看，不能修改。", reverse("audit_list"), "journal-check"
            )
        )
    return found


def figures(user: Any) -> list[YearFigure]:
    """Few numbers that say whether something is wrong; three queries at most for each role."""
    roles = grants(user).roles
    found: list[YearFigure] = []
    if roles & {"sysadmin", "secadmin"}:
        found += of_accounts(user)
    if "auditadmin" in roles:
        found += of_today(user)
    return found


def of_accounts(user: Any) -> list[YearFigure]:
    """Each number is what the list of accounts shows behind its link."""
    rows, url = accounts_for(user), reverse(ACCOUNTS)
    return [
        YearFigure("账号", str(rows.count()), "个", url),
        YearFigure("其中停用", str(rows.filter(is_active=False).count()), "个", f"{url}?active=False"),
        YearFigure("还没有角色", str(without_role(rows).count()), "个", f"{url}?role=none"),
    ]


def of_today(user: Any) -> list[YearFigure]:
    """Acts since midnight in the trail the user may read."""
    offices = list(Office.objects.filter(pk__in=grants(user).where(Can.READ_AUDIT)))
    trail = entries([office.code for office in offices], also_outside=any(each.parent_id is None for each in offices))
    counts = trail.filter(at__gte=start_of(today())).aggregate(
        total=Count("pk"), failed=Count("pk", filter=Q(succeeded=False))
    )
    url = f"{reverse('audit_list')}?since={today().isoformat()}"
    return [
        YearFigure("今天的操作", str(counts["total"]), "条", url),
        YearFigure("其中失败或被拒绝", str(counts["failed"]), "条", f"{url}&result=False"),
    ]
