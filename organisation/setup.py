"""What a new office still has to do. Upper apps register their own steps (import of members)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse

from accounts.roles import Can
from core.clock import today
from core.registry import Registry
from organisation.models import LiaisonGroup, Office, Posting, Sector, Session
from organisation.selectors import grants


@dataclass(frozen=True)
class Step:
    """`who` does it, in words; `url` leads to where it is done, for those who hold `needs`."""

    title: str
    note: str
    who: str
    url: str
    done: bool
    needs: Can | None = None

    def link_for(self, user: Any) -> str:
        return self.url if self.needs is None or grants(user).holds(self.needs) else ""


#: name → function (root office) -> Step; a step costs one query at most.
extra: Registry[Callable[[Office], Step]] = Registry("setup step")

OFFICE_ROLES = ("staff", "head")


def facts(root: Office, offices: set[int]) -> Any:
    """What exists in the committee's tree, with one query."""
    live = Posting.objects.live(today()).filter(office_id__in=offices)
    return Office.objects.annotate(
        has_guard=Exists(live.filter(role="secadmin")),
        has_auditor=Exists(live.filter(role="auditadmin")),
        has_staff=Exists(live.filter(role__in=OFFICE_ROLES)),
        has_session=Exists(Session.objects.on(today()).filter(term__office=OuterRef("pk"))),
        has_sector=Exists(Sector.objects.filter(office=OuterRef("pk"))),
        has_group=Exists(LiaisonGroup.objects.filter(office_id__in=offices)),
    ).get(pk=root.pk)


def own_steps(found: Any) -> list[Step]:
    accounts, keeper = reverse("account_list"), Can.MANAGE_OFFICE
    return [
        Step("授权安全管理员", "角色由安全管理员授予。先为另一位同事开通账号，再授予“安全管理员”。", "系统管理员",
             accounts, found.has_guard),
        Step("登记届次和全会日期", "提案编号、委员届别都按届次计算。", "系统管理员", reverse("term_list"),
             found.has_session, keeper),
        Step("开通工作人员账号并授予角色", "系统管理员开通账号，安全管理员授予“工作人员”“办公室负责人”等角色。",
             "系统管理员、安全管理员", accounts, found.has_staff),
        Step("授权审计管理员", "由专人定期查看操作日志。", "安全管理员", accounts, found.has_auditor),
        Step("建立界别", "委员资料要用到。", "系统管理员或工作人员", reverse("sector_list"), found.has_sector, keeper),
        Step("建立联络处和联络组", "先建下级机构，再建各自的联络组。", "系统管理员或工作人员", reverse("office_list"),
             found.has_group, keeper),
    ]  # fmt: skip


def steps(root: Office, offices: set[int]) -> list[Step]:
    return [*own_steps(facts(root, offices)), *(make(root) for make in extra)]
