"""Chinese names of this app's acts, lists and rules, for the audit trail and the basic data."""

from __future__ import annotations

from audit import labels
from handling import reply_rules
from handling.defaults import CONTACT_WAY, GAP, HOURS, LIGHTS, LONGEST, PAUSE_REASON, REPLY_CATEGORY
from handling.enums import Stage
from organisation import lists
from organisation.lists import CodeList, RuleName

LENGTH_PARTS = {"amount": "数量", "unit": "单位（workdays 工作日、days 日、months 月）"}

CLOCK_ACTS = {
    "proposal.assign": "拟定承办单位",
    "assignment.lead": "改为主办",
    "clock": "办理期限",
    "clock.ask_extension": "申请延期",
    "clock.granted": "同意延期",
    "clock.refused": "不同意延期",
    "clock.pause": "暂停计时",
    "clock.resume": "恢复计时",
    "clock.remind": "催办",
}


REPLY_ACTS = {
    "reply.write": "拟写答复",
    "contact.add": "登记面商",
    "contact.drop": "删除面商登记",
    "feedback.give": "提案人评价",
    "feedback.overdue": "逾期视为未表态",
}


def install() -> None:
    reply_rules.install_words()
    labels.register("assignment", "交办")
    labels.register("reply", "答复")
    lists.codes.register(REPLY_CATEGORY, CodeList("提案答复类别", "答复时选用，A、B、C 等"))
    lists.codes.register(CONTACT_WAY, CodeList("面商方式", "答复前与提案人联系的方式"))
    lists.codes.register(PAUSE_REASON, CodeList("暂停计时的原因", "办理期限暂停时选用"))
    for stage in Stage:
        lists.rules.register(f"deadline.{stage.value}", RuleName(f"{stage.label}期限", "", parts=LENGTH_PARTS))
    stages = {stage.value: stage.label for stage in Stage}
    lists.rules.register(LIGHTS, RuleName("临近期限的提醒", "个工作日", "到期前多少个工作日起变黄", stages))
    lists.rules.register(LONGEST, RuleName("办理最长时间", "", "连同延期，超过时提醒", LENGTH_PARTS))
    lists.rules.register(HOURS, RuleName("发出提醒的钟点", "点", "只在工作日", {"from": "从", "to": "到"}))
    lists.rules.register(GAP, RuleName("两次催办的间隔", "个工作日"))
    for act, name in {**CLOCK_ACTS, **REPLY_ACTS}.items():
        labels.register(act, name)
