"""Chinese names of this app's acts, for the audit trail."""

from audit import labels


def install() -> None:
    labels.register("report", "报告")
    labels.register("paper", "文书")
    labels.register("paper.make", "生成文书")
    labels.register("report.request", "申请生成报告")
    labels.register("report.make", "生成报告")
