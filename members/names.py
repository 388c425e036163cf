"""Pinyin of names. Surnames are read as surnames: 曾 is zeng, 单 is shan, 解 is xie."""

from __future__ import annotations

import re

from pypinyin import lazy_pinyin

SURNAMES = {
    "尉迟": "yu chi", "万俟": "mo qi", "澹台": "tan tai", "单于": "chan yu", "长孙": "zhang sun", "令狐": "ling hu",
    "曾": "zeng", "仇": "qiu", "单": "shan", "解": "xie", "区": "ou", "查": "zha", "朴": "piao", "盖": "ge",
    "翟": "zhai", "乐": "yue", "任": "ren", "华": "hua", "冼": "xian", "覃": "qin", "缪": "miao", "佘": "she",
    "折": "she", "隗": "wei", "尹": "yin", "訾": "zi", "种": "chong", "召": "shao", "哈": "ha", "车": "che",
    "纪": "ji", "洗": "xian", "秘": "bi", "冯": "feng", "黑": "he", "燕": "yan", "应": "ying", "相": "xiang",
    "俞": "yu", "员": "yun",
}  # fmt: skip
HAN = "\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\ue000-\uf8ff"
SPACE_IN_NAME = re.compile(rf"(?<=[{HAN}·])\s+(?=[{HAN}·])")


def tidy(name: str) -> str:
    """A name as it is kept: “张 三” and “张　三” → “张三”, “Ann  Lee” → “Ann Lee”; one kind of middle dot."""
    spaced = " ".join(name.split())
    for dot in "•・‧∙．":
        spaced = spaced.replace(dot, "·")
    return SPACE_IN_NAME.sub("", spaced)


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
    parts = [part for part in [surname] if part] + lazy_pinyin(rest)
    return " ".join(" ".join(parts).lower().split())[:80]


def initials_from(pinyin: str) -> str:
    """“zeng xiao ming” → “zxm”."""
    return "".join(part[0] for part in pinyin.split())[:20]


def initials_of(name: str) -> str:
    """“曾小明” → “zxm”."""
    return initials_from(pinyin_of(name))
