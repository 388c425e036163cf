"""Pinyin of names. Surnames are read as surnames: 曾 is zeng, 单 is shan, 解 is xie."""

from __future__ import annotations

from pypinyin import lazy_pinyin

SURNAMES = {
    "尉迟": "yuchi", "万俟": "moqi", "澹台": "tantai", "单于": "chanyu", "长孙": "zhangsun",
    "曾": "zeng", "仇": "qiu", "单": "shan", "解": "xie", "区": "ou", "查": "zha", "朴": "piao", "盖": "ge",
    "翟": "zhai", "乐": "yue", "任": "ren", "华": "hua", "冼": "xian", "覃": "qin", "缪": "miao", "佘": "she",
    "折": "she", "隗": "wei", "尹": "yin", "訾": "zi", "种": "chong", "召": "shao", "哈": "ha", "令狐": "linghu",
    "纪": "ji", "洗": "xian", "秘": "bi", "冯": "feng", "黑": "he", "燕": "yan", "应": "ying", "车": "che",
    "相": "xiang", "俞": "yu", "员": "yun",
}  # fmt: skip


def split(name: str) -> tuple[str, str]:
    """(reading of the surname if it is a special one, the rest of the name)."""
    bare = "".join(name.split())
    for length in (2, 1):
        if bare[:length] in SURNAMES and len(bare) > length:
            return SURNAMES[bare[:length]], bare[length:]
    return "", bare


def pinyin_of(name: str) -> str:
    """“曾小明” → “zeng xiao ming”."""
    surname, rest = split(name)
    return " ".join([part for part in [surname] if part] + lazy_pinyin(rest))[:80]


def initials_of(name: str) -> str:
    """“曾小明” → “zxm”."""
    return "".join(part[0] for part in pinyin_of(name).split() if part)[:20]
