"""Chinese names of this app's acts, for the audit trail."""

from activities import rules
from activities.defaults import AUDIENCE, LEVEL, PLACE_KIND, QUANTITY
from audit import labels
from organisation import lists

ACTS = {
    "activity": "活动",
    "activity.results": "登记活动结果",
    "activity.attendance": "登记出席情况",
    "activity.invite": "确定参加人员",
    "activity.withdraw": "移出参加人员",
    "activity.photos": "活动照片",
    "activity.notice": "发布活动通知",
    "activity.reply": "答复活动邀请",
    "activity.moved_up": "候补递补",
    "activity.remind": "提醒委员",
    "leaverequest": "请假",
    "leaverequest.ask": "申请请假",
    "feedlink": "日历订阅",
    "feedlink.create": "建立日历订阅",
    "feedlink.revoke": "停用日历订阅",
}


def install() -> None:
    for action, label in ACTS.items():
        labels.register(action, label)
    lists.codes.register(PLACE_KIND, lists.CodeList("场所（对象）类别", "登记活动时选择，年度目标可以按它统计"))
    lists.codes.register(AUDIENCE, lists.CodeList("参加对象", "登记活动时选择，例如新委员"))
    lists.codes.register(LEVEL, lists.CodeList("活动级别", "登记活动时选择，例如市级培训、省级报道"))
    lists.codes.register(
        QUANTITY,
        lists.CodeList("活动成果", "活动结果里可以填数量的内容，名称最后的括号里写单位，例如“结成帮扶对子（对）”"),
    )
    rules.name_them()
