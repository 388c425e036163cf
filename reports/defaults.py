"""Rules every installation starts with."""

from __future__ import annotations

from organisation.defaults import ship_rule
from reports.statistics.comparison import SIBLINGS

DOC_WORD = "report.doc_word"


def install() -> None:
    ship_rule(DOC_WORD, "政协联", "发文字号中的机关代字，各办公室按本单位的规定填写")
    ship_rule(SIBLINGS, False, "同级办公室之间能否互相看到统计数字（不含明细）；默认只有上级能看到，由上级办公室设定")
