"""Summaries of a period: 月报, 季度小结, 半年小结, 年终总结, 本届总结. Composed from the plan and the records, then
edited and approved as a manuscript. `compose` is the one mechanism; `periods` says which days and words.
"""

from __future__ import annotations

from reports.documents import Document, register
from reports.documents.summary import periods
from reports.documents.summary.compose import composer

for key, label, description, parts in (
    ("monthly_brief", "月度工作简报", "一个月的活动、提案、社情民意和目标进度，按记录自动成文", periods.MONTHS),
    ("quarterly_summary", "季度工作小结", "一个季度的工作、目标进度和下一步安排，按记录自动成文", periods.QUARTERS),
    ("half_year_summary", "半年工作小结", "一月至六月的目标进度、活动、提案和社情民意，按记录自动成文", ()),
    ("annual_summary", "年度工作总结", "按计划的章节写目标完成情况和各项工作，附活动、提案等清单，按记录自动成文", ()),
    ("term_summary", "本届工作总结", "本届以来各年度工作的汇总和对照，按记录自动成文", ()),
):  # fmt: skip
    register(Document(key, label, description, composer(periods.OF_DOCUMENT[key]), parts=parts, owned=True))
