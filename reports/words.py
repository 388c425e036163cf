"""Chinese names of this app's acts, for the audit trail."""

from audit import labels
from organisation import lists
from organisation.lists import RuleName
from reports.defaults import DOC_WORD
from reports.statistics.comparison import SIBLINGS


def install() -> None:
    lists.rules.register(DOC_WORD, RuleName("报告的发文机关代字"))
    lists.rules.register(SIBLINGS, RuleName("同级办公室互看统计数字", "", "只影响统计页的比较表，不开放明细"))
    labels.register("report", "报告")
    labels.register("paper", "文书")
    labels.register("paper.make", "生成文书")
    labels.register("archive", "归档包")
    labels.register("archive.request", "申请生成归档包")
    labels.register("archive.make", "生成归档包")
    labels.register("report.request", "申请生成报告")
    labels.register("report.make", "生成报告")
    labels.register("manuscript", "文稿")
    labels.register("manuscript.create", "按记录成文")
    labels.register("manuscript.edit", "修改文稿")
    labels.register("manuscript.add", "增加段落")
    labels.register("manuscript.photos", "加入照片")
    labels.register("manuscript.remove", "删去段落")
    labels.register("manuscript.restore", "恢复为按记录生成的文字")
    labels.register("manuscript.accept", "保留自己的文字")
    labels.register("manuscript.recompose", "按最新记录重新成文")
    labels.register("manuscript.discard", "删除草稿")
    labels.register("manuscript.correct", "更正已签发的文稿")
    labels.register("manuscript.freeze", "签发并固定文稿")
