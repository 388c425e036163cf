"""Lists and rules shipped with the portal (domain.md S0.2, R06, R11); offices change them in the basic data."""

from __future__ import annotations

from organisation.defaults import ship_codes, ship_rule

KIND, PRIZE, GROUP_PRIZE, REJECT_REASON = "call_kind", "prize_level", "group_prize", "entry_reject_reason"
GRACE_RULE, POINTS_RULE = "call.grace_minutes", "call.most_points"

KINDS = [
    ("essay_contest", "征文"),
    ("plenary_speech", "大会发言"),
    ("exchange_paper", "交流发言材料"),
    ("other", "其他稿件"),
]
PRIZES = [("first", "一等奖"), ("second", "二等奖"), ("third", "三等奖"), ("merit", "优秀奖")]
GROUP_PRIZES = [("organisation", "组织奖")]
REJECT_REASONS = [
    ("off_topic", "与征集主题不符"),
    ("published", "已经在别处发表或者获奖"),
    ("thin", "内容比较单薄，缺少情况和分析"),
    ("other_channel", "更适合作为社情民意或提案提出"),
]


def install() -> None:
    ship_codes(KIND, KINDS)
    ship_codes(PRIZE, PRIZES)
    ship_codes(GROUP_PRIZE, GROUP_PRIZES)
    ship_codes(REJECT_REASON, REJECT_REASONS)
    ship_rule(GRACE_RULE, 30, "截止以后仍然接收的分钟数，照顾网络慢、正在提交的人")
    ship_rule(POINTS_RULE, 100, "评委打分的满分")
