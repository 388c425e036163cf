"""Reads of the trail."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from audit import labels
from audit.models import AuditEntry

#: Names of what `detail` holds. A key without a name is shown as it is.
DETAIL_NAMES = {
    "label": "操作",
    "reason": "理由",
    "from": "原状态",
    "to": "新状态",
    "role": "角色",
    "office": "机构",
    "ends": "截止日期",
    "starts": "起始日期",
    "username": "用户名",
    "path": "网址",
    "method": "方式",
    "status": "结果代码",
    "note": "说明",
    "rows": "条数",
    "query": "筛选条件",
    "name": "名称",
    "phone": "电话",
    "key": "规则",
    "value": "取值",
    "kind": "类别",
    "year": "年度",
    "title": "标题",
    "document": "文件",
    "pages": "页数",
    "sha256": "文件校验值",
    "revision": "修订次数",
    "members": "委员编号",
    "photos": "照片编号",
    "planned": "计划内",
    "fields": "栏目",
    "left_on": "离任日期",
    "what": "内容",
    "where": "位置",
    "amends": "修订自",
    "copied_from": "复制自",
}


def entries(codes: Iterable[str], *, also_outside: bool) -> QuerySet[AuditEntry]:
    """Acts in the offices with these codes; `also_outside`: those outside any office too (failed sign-ins)."""
    wanted = Q(office__in=list(codes))
    return AuditEntry.objects.filter(wanted | Q(office="") if also_outside else wanted)


def kind_label(entry: AuditEntry) -> str:
    """What kind of thing the act was done to; empty when nobody named it."""
    return labels.names.find(entry.object_kind.rpartition(".")[2]) or ""


def detail_pairs(entry: AuditEntry) -> list[tuple[str, str]]:
    """`detail` as label and value; a change [old, new] reads “old → new”."""
    return [(DETAIL_NAMES.get(key, key), plain(value)) for key, value in flat(entry.detail).items() if value]


def flat(detail: dict[str, Any]) -> dict[str, Any]:
    """Changes may stand in `changes`; they are shown like everything else."""
    changes = detail.get("changes")
    inner = changes if isinstance(changes, dict) else {}
    return {**{key: value for key, value in detail.items() if value is not changes}, **inner}


def plain(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list) and len(value) == 2 and all(isinstance(each, str) for each in value):
        return f"{value[0] or '（空）'} → {value[1] or '（空）'}"
    if isinstance(value, list):
        return "、".join(map(str, value))
    if isinstance(value, dict):
        return "；".join(f"{key}：{each}" for key, each in value.items())
    return str(value)
