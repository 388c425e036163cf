"""Lists and rules shipped with the portal; offices change them in the basic data (domain.md, a, rows Y to P)."""

from __future__ import annotations

from organisation.defaults import ship_codes, ship_rule

SUPERVISION_WAY, LOOK_BACK_FINDING = "supervision_way", "look_back_finding"
PUBLIC_NAMES, PUBLIC_PAGE = "public.names", "public.page"

WAYS = [
    ("symposium", "座谈会"),
    ("site_visit", "实地考察"),
    ("research", "专题调研"),
    ("visit", "走访"),
]
FINDINGS = [
    ("kept", "落实到位，没有反弹"),
    ("partial", "部分落实，还要推进"),
    ("undone", "没有落实"),
    ("rebound", "落实后又出现反弹"),
]


def install() -> None:
    ship_codes(SUPERVISION_WAY, WAYS)
    ship_codes(LOOK_BACK_FINDING, FINDINGS)
    ship_rule(PUBLIC_NAMES, True, "公开页面是否写提案人姓名；只写姓名，不写其他个人信息")
    ship_rule(PUBLIC_PAGE, True, "是否开放不用登录的提案公开页面")
