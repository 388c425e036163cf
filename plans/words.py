"""Chinese names of this app's acts, for the audit trail."""

from audit import labels


def install() -> None:
    for thing in ("plan", "annualplan"):
        labels.register(thing, "年度计划")
    labels.register("plan.amend", "修订年度计划")
    labels.register("plan.text", "修改计划正文")
    labels.register("plan.targets", "修改计划指标")
    labels.register("plan.items", "修改月度安排")
