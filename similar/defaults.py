"""Lists and rules shipped with the portal; offices change them in the basic data.

The numbers are ours, measured on the set in bench/ (docs/similarity.md).
"""

from __future__ import annotations

from organisation.defaults import ship_codes, ship_rule

PHRASE, SHOW, LINES = "similar_phrase", "similar.show", "similar.lines"

#: Said in the title of any proposal; left out before titles are compared.
PHRASES = (
    "关于", "进一步", "加强", "加快", "加大", "推进", "推动", "促进", "提高", "提升", "完善", "改善", "建立", "健全",
    "落实", "切实", "做好", "解决", "切实解决", "积极", "大力", "尽快", "的提案", "的建议", "的意见", "的几点建议",
    "若干", "问题", "工作", "建议", "提案", "力度", "怎么办", "我县", "我市", "我区", "的",
)  # fmt: skip
NUMBERS = {"threshold": 32, "same": 75, "shown": 5, "cases": 8}


def install() -> None:
    ship_codes(PHRASE, [(f"p{at}", phrase) for at, phrase in enumerate(PHRASES, 1)])
    ship_rule(SHOW, NUMBERS, "相似程度 0 到 100；低于提示线的不显示")
    ship_rule(LINES, True, "委员能否看到别人已立案提案的案由、案号、办理结果（不含提案人和正文）")
