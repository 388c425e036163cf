"""What the records of activities offer: panels, measures, to-dos, navigation, and the duty that comes with holding."""

from __future__ import annotations

from typing import Any

from accounts.roles import Can
from activities import type_needs
from activities.measures import followup as measures_records
from activities.panels import records
from activities.services.duties import on_transition
from activities.todos import followup as todos_records
from audit import labels
from core import navigation, workflow
from organisation import lists
from organisation.selectors import grants

ACTS = {
    "activity.material": "活动材料",
    "activity.finding": "登记问题与建议",
    "activity.duty": "上报材料",
    "activity.scores": "评议打分",
    "activity.ballot": "网上评议",
    "activity.rectification": "评议整改",
    "finding": "问题与建议",
    "finding.instruction": "登记批示",
    "finding.follow_up": "登记办理进展",
    "finding.adoption": "登记采纳情况",
    "finding.send_up": "报送",
    "finding.instruct": "登记批示",
    "finding.hand_over": "交办",
    "finding.implement": "登记为已落实",
    "finding.partly": "登记为部分落实",
    "finding.fail": "登记为未落实",
    "finding.close": "结束跟踪",
    "finding.shelve": "不再跟踪",
    "finding.reopen": "重新跟踪",
    "supervisedproject": "督查项目",
    "project": "督查项目",
    "project.entry": "登记项目进度",
    "activity_type": "活动类型",
    "activitytype": "活动类型",
}


def sees_records(user: Any) -> bool:
    return grants(user).holds(Can.VIEW_ACTIVITIES)


def install() -> None:
    """Called once by the app's configuration."""
    records.install()
    measures_records.install()
    todos_records.install()
    type_needs.name_lists()
    types = lists.BasicsPage("activity_type_list", "活动类型", "每类活动要留下的材料和报送要求", "tags")
    lists.pages.register(types.url_name, types)
    workflow.observers.append(on_transition)
    for action, label in ACTS.items():
        labels.register(action, label)
    for name, label, icon in (("finding_list", "问题与建议", "chat-left-quote"), ("duty_list", "上报材料", "send")):
        navigation.register(navigation.Entry(name, label, icon, "年度工作", sees_records, order=31))
