"""Lists and rules shipped with the portal; offices change them in the basic data.

Categories after the common six (domain.md, section a); the minimum lengths are ours, meant to catch empty parts.
"""

from __future__ import annotations

from organisation.defaults import ship_codes, ship_rule

CATEGORY, RETURN_REASON = "proposal_category", "proposal_return_reason"

CATEGORIES = [
    ("economy", "经济建设"),
    ("politics", "政治建设"),
    ("culture", "文化建设"),
    ("society", "社会建设"),
    ("ecology", "生态文明建设"),
    ("other", "其他"),
]
RETURN_REASONS = [
    ("several_matters", "一件提案里写了几件事，请一事一案，分开提交"),
    ("facts_missing", "情况写得不够清楚，请补充时间、地点、数字等事实"),
    ("analysis_missing", "缺少原因分析"),
    ("suggestions_vague", "建议不够具体，请写明由谁做、做什么、做到什么程度"),
    ("subject_unclear", "案由与正文不一致，或者案由太长、不明确"),
    ("already_submitted", "与您已经提交的提案内容重复"),
]


def install() -> None:
    ship_codes(CATEGORY, CATEGORIES)
    ship_codes(RETURN_REASON, RETURN_REASONS)
    ship_rule("proposal.max_subject", 40, "案由字数上限，可按本地规定修改")
    ship_rule("proposal.min_chars", {"background": 20, "analysis": 20, "suggestions": 20},
              "一事一案，有情况、有分析、有具体建议；字数下限由办公室自定")  # fmt: skip
    ship_rule("proposal.suggested_chars", {"background": 500, "analysis": 400, "suggestions": 600},
              "填写页面提示的建议字数，全文约 1500 字")  # fmt: skip
