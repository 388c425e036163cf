"""Chinese names of this app's acts and lists."""

from audit import labels
from organisation import lists
from plans import consultation
from plans.periods import TERM_YEARS


def install() -> None:
    for thing in ("plan", "annualplan"):
        labels.register(thing, "年度计划")
    labels.register("plan.amend", "修订年度计划")
    labels.register("plan.text", "修改计划正文")
    labels.register("plan.targets", "修改计划指标")
    labels.register("plan.items", "修改月度安排")
    labels.register("adjustment", "计划安排的调整")
    labels.register("adjustment.move", "调整计划安排的时间")
    labels.register("adjustment.merge", "合并计划安排")
    labels.register("adjustment.cancel", "取消计划安排")
    labels.register("adjustment.restore", "恢复计划安排")
    labels.register("adjustment.settle", "修订版重新安排")
    lists.codes.register(consultation.FORM, lists.CodeList("协商形式", "年度协商计划按它分类"))
    lists.codes.register(
        consultation.CONTENT, lists.CodeList("协商内容栏的名称", "代码与协商形式相同：每种形式的内容栏叫什么")
    )
    lists.rules.register(TERM_YEARS, lists.RuleName("每届年数", "年", "没有登记截止日期的届，按它推算“本届”目标的进度"))
