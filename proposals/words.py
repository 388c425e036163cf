"""Chinese names of this app's acts, lists and rules, for the audit trail and the basic data."""

from audit import labels
from organisation import lists
from organisation.lists import CodeList, RuleName
from proposals.defaults import CATEGORY, RETURN_REASON

PARTS = {"background": "背景", "analysis": "分析", "suggestions": "建议"}


def install() -> None:
    labels.register("proposal", "提案")
    labels.register("proposal.discard", "丢弃提案草稿")
    lists.codes.register(CATEGORY, CodeList("提案类别", "立案时选择"))
    lists.codes.register(RETURN_REASON, CodeList("提案退回理由", "退回修改时选用"))
    lists.rules.register("proposal.max_subject", RuleName("提案案由字数上限", "字"))
    lists.rules.register("proposal.min_chars", RuleName("提案各部分最少字数", "字", parts=PARTS))
    lists.rules.register("proposal.suggested_chars", RuleName("提案各部分建议字数", "字", "填写页面的提示", PARTS))
