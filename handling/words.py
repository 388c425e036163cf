"""Chinese names of this app's acts, lists and rules, for the audit trail and the basic data."""

from __future__ import annotations

from audit import labels
from handling.defaults import CONTACT_WAY, LIGHTS, PAUSE_REASON, REPLY_CATEGORY
from handling.enums import Stage
from organisation import lists
from organisation.lists import CodeList, RuleName

LENGTH_PARTS = {"amount": "数量", "unit": "单位（workdays 工作日、days 日、months 月）"}


def install() -> None:
    labels.register("assignment", "交办")
    labels.register("reply", "答复")
    lists.codes.register(REPLY_CATEGORY, CodeList("提案答复类别", "答复时选用，A、B、C 等"))
    lists.codes.register(CONTACT_WAY, CodeList("面商方式", "答复前与提案人联系的方式"))
    lists.codes.register(PAUSE_REASON, CodeList("暂停计时的原因", "办理期限暂停时选用"))
    for stage in Stage:
        lists.rules.register(f"deadline.{stage.value}", RuleName(f"{stage.label}期限", "", parts=LENGTH_PARTS))
    stages = {stage.value: stage.label for stage in Stage}
    lists.rules.register(LIGHTS, RuleName("临近期限的提醒", "个工作日", "到期前多少个工作日起变黄", stages))
