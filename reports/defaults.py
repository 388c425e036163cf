"""Rules every installation starts with."""

from __future__ import annotations

from organisation import lists
from organisation.defaults import ship_rule
from organisation.lists import RuleName

DOC_WORD = "report.doc_word"


def install() -> None:
    ship_rule(DOC_WORD, "政协联", "发文字号中的机关代字，各办公室按本单位的规定填写")
    lists.rules.register(DOC_WORD, RuleName("报告的发文机关代字"))
