"""Chinese names of this app's acts, lists and rules, for the audit trail and the basic data."""

from audit import labels
from calls.defaults import GRACE_RULE, GROUP_PRIZE, KIND, POINTS_RULE, PRIZE, REJECT_REASON
from organisation import lists
from organisation.lists import CodeList, RuleName

ACTS = {
    "call": "征集",
    "call.discard": "删除征集草稿",
    "call.judges": "确定征集评委",
    "call.award": "评定征集奖项",
    "entry": "征集稿件",
    "entry.discard": "丢弃征集稿件草稿",
    "entry.score": "给征集稿件打分",
    "entry.hand_over": "征集稿件转作他用",
}


def install() -> None:
    for act, label in ACTS.items():
        labels.register(act, label)
    lists.codes.register(KIND, CodeList("征集类型", "新建征集时选择"))
    lists.codes.register(PRIZE, CodeList("作品奖项", "从高到低排列"))
    lists.codes.register(GROUP_PRIZE, CodeList("集体奖项", "奖给联络组等集体"))
    lists.codes.register(REJECT_REASON, CodeList("稿件不采用理由"))
    lists.rules.register(GRACE_RULE, RuleName("征集截止后的宽限", "分钟"))
    lists.rules.register(POINTS_RULE, RuleName("评委打分满分", "分"))
