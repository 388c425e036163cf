"""Chinese names of actions. An action is “thing.verb”; apps add their things, and whole actions where needed.

labels.register("plan", "年度计划")            → “plan.update” reads 年度计划 · 修改
labels.register("plan.approve", "批准年度计划")  → exactly this action
"""

from __future__ import annotations

from core.registry import Registry

names: Registry[str] = Registry("audit label")

VERBS = {
    "create": "新建",
    "update": "修改",
    "edit": "修改",
    "delete": "删除",
    "save": "保存",
    "submit": "提交",
    "withdraw": "撤回",
    "approve": "批准",
    "return": "退回",
    "accept": "采用",
    "decline": "不采用",
    "receive": "接收",
    "file": "立案",
    "amend": "修订",
    "cancel": "取消",
    "close": "办结",
    "hold": "登记开展",
    "reopen": "重新打开",
    "import": "导入",
    "export": "导出",
    "download": "下载",
    "render": "生成文件",
    "read": "查看",
    "activate": "启用",
    "deactivate": "停用",
    "grant": "授予",
    "end": "结束",
    "upload": "上传",
    "remove": "移除",
}

OWN = {
    "session": "登录",
    "session.sign_in": "登录",
    "session.sign_out": "退出登录",
    "account": "账号",
    "account.created": "开通账号",
    "account.updated": "修改账号资料",
    "account.password_changed": "修改自己的密码",
    "account.password_reset": "重置密码",
    "account.disabled": "停用账号",
    "account.enabled": "启用账号",
    "account.sessions_ended": "强制退出登录",
    "audit": "操作日志",
    "audit.read": "查看操作日志",
    "audit.export": "导出操作日志",
    "access": "访问控制",
    "access.denied": "访问被拒绝",
}
for _key, _name in OWN.items():
    names.register(_key, _name)


def register(action: str, label: str) -> None:
    """`action` is a thing (“plan”) or a whole action (“plan.approve”). Registering twice is a programming error."""
    names.register(action, label)


def label(action: str, told: str = "") -> str:
    """What the page shows. `told` is the verb as the act itself named it (a transition's label), used when the
    action has no name of its own; an action nobody named is shown as it is."""
    exact = names.find(action)
    if exact and "." in action:
        return exact
    thing, _, verb = action.partition(".")
    parts = [names.find(thing) or thing, told or VERBS.get(verb, verb)]
    return " · ".join(part for part in parts if part)


def things() -> list[tuple[str, str]]:
    """(prefix, label) of every thing, for the filter."""
    return [(key, names.get(key)) for key in names.keys() if "." not in key]  # noqa: SIM118 - a registry, no dict
