"""Chinese names of this app's lists and rules, for the basic data."""

from organisation import lists
from organisation.lists import CodeList, RuleName
from similar.defaults import LINES, PHRASE, SHOW

NUMBERS = {
    "threshold": "提示线（0–100）",
    "same": "几乎相同（0–100）",
    "shown": "最多显示条数",
    "cases": "推荐承办单位参考件数",
}


def install() -> None:
    lists.codes.register(PHRASE, CodeList("查找类似时不比较的套话", "案由、标题里人人都写的词"))
    lists.rules.register(SHOW, RuleName("查找类似提案", "", "只作提示，不影响提交", NUMBERS))
    lists.rules.register(LINES, RuleName("委员可见类似提案的案由和结果", "", "关闭后只显示自己有权查看的"))
