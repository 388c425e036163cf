"""Chinese names of this app's acts, for the audit trail."""

from audit import labels

ACTS = {
    "activity": "活动",
    "activity.results": "登记活动结果",
    "activity.attendance": "登记出席情况",
    "activity.invite": "确定参加人员",
    "activity.withdraw": "移出参加人员",
    "activity.photos": "活动照片",
}


def install() -> None:
    for action, label in ACTS.items():
        labels.register(action, label)
