"""What a member's data must satisfy, wherever it comes from: the form, the import, the shell."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from core.clock import today

PHONE = re.compile(r"1[3-9]\d{9}")
MEMBER_NO = re.compile(r"[0-9A-Za-z][0-9A-Za-z./-]{0,19}")
PHONE_SENTENCE = "手机号应为 11 位数字，以 13 至 19 开头。"
NUMBER_SENTENCE = "委员编号只用数字、字母和短横线，最多 20 位。"
#: A member is of age; nobody serves at more than 110.
YOUNGEST, OLDEST = 18, 110
PARTY_KIND = "member.party"
PARTIES = (
    ("ccp", "中共党员"), ("rcckmt", "民革"), ("cdl", "民盟"), ("cndca", "民建"), ("capd", "民进"), ("cpwdp", "农工党"),
    ("zhigong", "致公党"), ("jiusan", "九三学社"), ("tsl", "台盟"), ("none", "无党派人士"), ("masses", "群众"),
)  # fmt: skip
#: What people write → the entry of the list.
PARTY_ALIASES = {
    "中共": "中共党员", "中国共产党": "中共党员", "党员": "中共党员", "共产党员": "中共党员", "无党派": "无党派人士",
    "农工民主党": "农工党", "九三": "九三学社", "民革会员": "民革", "民盟盟员": "民盟",
}  # fmt: skip


def problems(values: dict[str, Any], *, on: date | None = None) -> list[tuple[str, str]]:
    """(field, sentence) for everything wrong with the given values; fields that are not given are not judged."""
    day = on or today()
    found = []
    if "name" in values and len(values["name"]) < 2:
        found.append(("name", "姓名至少两个字。"))
    if values.get("member_no") is not None and not MEMBER_NO.fullmatch(values["member_no"]):
        found.append(("member_no", NUMBER_SENTENCE))
    if values.get("phone") and not PHONE.fullmatch(values["phone"]):
        found.append(("phone", PHONE_SENTENCE))
    return found + [each for each in date_problems(values, day) if each]


def date_problems(values: dict[str, Any], day: date) -> list[tuple[str, str]]:
    born, joined, left = (values.get(name) for name in ("birth_date", "joined_on", "left_on"))
    found = []
    if born and not YOUNGEST <= age(born, day) <= OLDEST:
        found.append(("birth_date", birth_sentence(born, day)))
        born = None
    if joined and (joined > day or joined.year < 1949):
        found.append(("joined_on", "任职日期应在 1949 年以后，且不晚于今天。"))
    elif born and joined and joined <= born:
        found.append(("joined_on", "任职日期不能早于出生日期。"))
    if left and left > day:
        found.append(("left_on", "离任日期不能晚于今天。"))
    if left and joined and left < joined:
        found.append(("left_on", "离任日期不能早于任职日期。"))
    return found


def birth_sentence(born: date, day: date) -> str:
    if born > day:
        return "出生日期在今天以后，请核对年份。"
    return f"按这个日期算是 {age(born, day)} 岁，请核对年份。"


def age(born: date, on: date) -> int:
    """Full years on the day; negative for a date to come."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
