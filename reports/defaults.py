"""Rules every installation starts with."""

from __future__ import annotations

from organisation.defaults import ship_rule

DOC_WORD = "report.doc_word"


def install() -> None:
    ship_rule(DOC_WORD, "政协联", "发文字号中的机关代字，各办公室按本单位的规定填写")
