"""Chinese names of this app's acts, lists and rules, for the audit trail and the basic data."""

from audit import labels
from opinions.defaults import CATEGORY, DECLINE_REASON
from organisation import lists
from organisation.lists import CodeList, RuleName

PARTS = {"situation": "情况", "analysis": "分析", "suggestions": "建议"}


def install() -> None:
    for thing in ("opinion", "opinionreport"):
        labels.register(thing, "社情民意")
    labels.register("opinion.discard", "丢弃社情民意草稿")
    labels.register("opinion.receive", "接收转来的社情民意")
    lists.codes.register(CATEGORY, CodeList("社情民意类别"))
    lists.codes.register(DECLINE_REASON, CodeList("社情民意不采用理由"))
    lists.rules.register("opinion.max_chars", RuleName("社情民意全文字数上限", "字"))
    lists.rules.register("opinion.max_title", RuleName("社情民意标题字数上限", "字"))
    lists.rules.register("opinion.min_chars", RuleName("社情民意各部分最少字数", "字", parts=PARTS))
    lists.rules.register("opinion.suggested_chars", RuleName("社情民意各部分建议字数", "字", "填写页面的提示", PARTS))
