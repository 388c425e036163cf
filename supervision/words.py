"""Chinese names of this app's acts, lists and rules, for the audit trail and the basic data."""

from __future__ import annotations

from audit import labels
from organisation import lists
from organisation.lists import CodeList, RuleName
from supervision.defaults import LOOK_BACK_FINDING, PUBLIC_NAMES, PUBLIC_PAGE, SUPERVISION_WAY

ACTS = {
    "keycase": "重点提案督办",
    "keycase.task": "督办任务",
    "keycase.record": "督办记录",
    "lookbackround": "回头看",
    "lookbackround.add": "加入提案",
    "lookbackround.remove": "移出提案",
    "lookbackround.finding": "登记回看情况",
    "election": "评优",
    "election.nominate": "推荐评优对象",
    "election.retract": "取消推荐",
    "election.vote": "评优投票",
    "election.count": "登记票数和名单",
    "publication": "提案公开",
    "publication.clear": "审定公开",
    "publication.withhold": "不公开或撤下",
    "exchange": "数据交换",
    "exchange.export": "导出交办数据",
    "exchange.check": "检查导入文件",
    "exchange.import": "导入办理数据",
}


def install() -> None:
    for act, name in ACTS.items():
        labels.register(act, name)
    lists.codes.register(SUPERVISION_WAY, CodeList("督办方式", "登记重点提案的督办记录时选用"))
    lists.codes.register(LOOK_BACK_FINDING, CodeList("回头看的情况", "登记回头看的情况时选用"))
    lists.rules.register(PUBLIC_NAMES, RuleName("公开页面写提案人姓名"))
    lists.rules.register(PUBLIC_PAGE, RuleName("开放提案公开页面", note="关闭后，公开页面全部不能访问"))
