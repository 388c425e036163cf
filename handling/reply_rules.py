"""Rules about replies and satisfaction, shipped with the portal, and what a reply must have before it goes on.

Every value is rule-set data: an office changes it under 基础资料. The shipped ones are the mild variants.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core.clock import today
from handling.enums import ItemKind
from handling.models import Reply
from organisation.defaults import ship_rule
from organisation.lists import RuleName, rules

CONTACT_REQUIRED = "handling.contact_required"
COOP_REQUIRED = "handling.coop_required"
TWO_PERSONS = "handling.reply_two_persons"
CHECKED_BY_OFFICE = "handling.reply_checked_by_office"
OVERDUE_IS_NO_OPINION = "handling.feedback_overdue"
UNSATISFIED = "handling.unsatisfied"
REHANDLE_AUTOMATIC = "handling.rehandle_automatic"
MOST_ROUNDS = "handling.most_rounds"
LINK_DAYS = "handling.feedback_link_days"
UNIT_SEES_WORDS = "handling.unit_sees_words"

#: key → (shipped value, where it comes from, its name)
SHIPPED: dict[str, tuple[Any, str, RuleName]] = {
    CONTACT_REQUIRED: (False, "没有面商记录时只提醒；改为“是”则不能送出",
                       RuleName("没有面商记录不能送出答复")),
    COOP_REQUIRED: (False, "会办意见没有到齐时只提醒；改为“是”则主办单位不能送出",
                    RuleName("会办意见到齐才能送出答复")),
    TWO_PERSONS: (False, "小单位往往由一人经办；改为“是”则签发必须换一个账号",
                  RuleName("拟稿和签发必须是两个人")),
    CHECKED_BY_OFFICE: (True, "承办单位签发后由交办的办公室审核，通过后送提案人",
                        RuleName("答复先经办公室审核")),
    OVERDUE_IS_NO_OPINION: (True, "评价期满没有评价的，记为未表态", RuleName("逾期未评价视为未表态")),
    UNSATISFIED: ({"handling": False, "result": True, "least": 1},
                  "办理结果有一位提案人不满意，就可以退回重新办理",
                  RuleName("怎样算不满意", parts={"handling": "办理工作不满意也算", "result": "办理结果不满意算",
                                                 "least": "至少几位提案人不满意"})),
    REHANDLE_AUTOMATIC: (False, "不满意时由办公室决定是否退回；改为“是”则评价到齐后自动退回",
                         RuleName("不满意的自动退回重新办理")),
    MOST_ROUNDS: (3, "同一单位最多答复几次，之后仍不满意的按规则办结并注明",
                  RuleName("最多答复次数", "次")),
    LINK_DAYS: (60, "评价链接发出后多少天内有效", RuleName("评价链接有效期", "天")),
    UNIT_SEES_WORDS: (True, "承办单位能否看到提案人写的评价意见", RuleName("承办单位看得到评价意见")),
}  # fmt: skip


def install() -> None:
    for key, (value, note, _) in SHIPPED.items():
        ship_rule(key, value, note)


def install_words() -> None:
    for key, (_, _, name) in SHIPPED.items():
        rules.register(key, name)


def gaps(reply: Reply, items: Sequence[Any]) -> dict[str, str]:
    """{field: sentence} for what a reply still lacks; an opinion to the lead needs only its text."""
    found = {}
    if reply.assignment.answers and not reply.category:
        found["category"] = "请选择“答复类别”。"
    if not reply.body.strip():
        found["body"] = "请填写“正文”。"
    if not reply.contact_name or not reply.contact_phone:
        name = "contact_phone" if reply.contact_name else "contact_name"
        found[name] = "请填写联系人和联系电话，提案人可能要打电话了解情况。"
    return found | {f"item{number}": sentence for number, item in enumerate(items, 1) for sentence in wrong(item)}


def wrong(item: Any) -> list[str]:
    """What one point lacks."""
    if not item.text:
        return ["每一条事项都要写明内容。"]
    if item.kind == ItemKind.PROMISED and not item.promised_on:
        return ["计划落实的事项请填写计划落实日期。"]
    return ["未采纳的事项请写明理由。"] if item.kind == ItemKind.NOT_ADOPTED and not item.reason else []


def late(item: Any) -> list[str]:
    """A promise is of something to come; asked while it is written, for a promise of long ago stays readable."""
    if item.kind == ItemKind.PROMISED and item.promised_on and item.promised_on < today():
        return ["计划落实日期已经过了。已经做到的请选“已落实”，还没有做到的请写新的日期。"]
    return []
