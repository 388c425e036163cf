"""Lists and rules shipped with the portal; offices change them in the basic data.

Deadlines after the examples in domain.md, section a: each office has its own.
"""

from __future__ import annotations

from handling import reply_rules
from handling.enums import Stage
from organisation.defaults import ship_codes, ship_rule

REPLY_CATEGORY, CONTACT_WAY, PAUSE_REASON = "reply_category", "contact_way", "pause_reason"
LIGHTS, LONGEST, HOURS, GAP = "handling.lights", "handling.longest", "handling.hours", "handling.reminder_gap"

#: The wording of the first variant in domain.md; an office with other letters changes the list.
REPLY_CATEGORIES = [
    ("A", "A 已解决或基本解决"),
    ("B", "B 正在解决或列入计划"),
    ("C", "C 留作参考"),
]
CONTACT_WAYS = [
    ("meeting", "座谈会"),
    ("visit", "上门"),
    ("phone", "电话"),
    ("mail", "电子邮件"),
    ("letter", "信函"),
]
PAUSE_REASONS = [
    ("proposer", "等待提案人补充情况"),
    ("superior", "等待上级明确政策"),
    ("force", "灾害等不可抗力"),
]
LENGTHS = {
    Stage.SIGN: (5, "workdays"),
    Stage.REASSIGN: (10, "workdays"),
    Stage.CONTACT: (15, "workdays"),
    Stage.COOP: (1, "months"),
    Stage.REPLY: (3, "months"),
    Stage.FEEDBACK: (15, "workdays"),
    Stage.REHANDLE: (1, "months"),
    Stage.FOLLOW_UP: (10, "workdays"),
}
#: From how many working days before the deadline on the light is yellow; ours, meant to leave time to act.
YELLOW = {
    Stage.SIGN: 2,
    Stage.REASSIGN: 3,
    Stage.CONTACT: 5,
    Stage.COOP: 5,
    Stage.REPLY: 15,
    Stage.FEEDBACK: 5,
    Stage.REHANDLE: 5,
    Stage.FOLLOW_UP: 5,
}


def install() -> None:
    reply_rules.install()
    ship_codes(REPLY_CATEGORY, REPLY_CATEGORIES)
    ship_codes(CONTACT_WAY, CONTACT_WAYS)
    ship_codes(PAUSE_REASON, PAUSE_REASONS)
    for stage, (amount, unit) in LENGTHS.items():
        ship_rule(f"deadline.{stage.value}", {"amount": amount, "unit": unit}, f"{stage.label}期限，按本地规定修改")
    ship_rule(LIGHTS, {stage.value: days for stage, days in YELLOW.items()},
              "到期前多少个工作日起提醒临近期限，可按本地习惯修改")  # fmt: skip
    ship_rule(LONGEST, {"amount": 6, "unit": "months"}, "连同延期最长不超过的时间，超过时提醒，可按本地规定修改")
    ship_rule(HOURS, {"from": 9, "to": 17}, "只在工作日的这几个钟点之间发出提醒和催办")
    ship_rule(GAP, 1, "同一期限两次人工催办之间至少隔几个工作日")
