"""Takes numbers of persons out of a text before the public reads it. Pure.

masked("请联系张三 138 1234 5678")  →  "请联系张三 （号码略）"
"""

from __future__ import annotations

import re
from collections.abc import Iterable

HIDDEN_NUMBER, HIDDEN_MAIL, HIDDEN_NAME = "（号码略）", "（邮箱略）", "（姓名略）"
D = "[0-9０-９]"
GAP = r"[ \-－—\u3000]?"
#: Longest first: an identity number contains what looks like a telephone number.
IDENTITY = re.compile(rf"(?<!{D}){D}{{6}}(?:18|19|20|１８|１９|２０){D}{{9}}[0-9０-９XxＸｘ](?!{D})")
BANK = re.compile(rf"(?<!{D}){D}{{4}}(?:{GAP}{D}{{4}}){{3}}(?:{GAP}{D}{{1,4}})?(?!{D})")
MOBILE = re.compile(rf"(?<!{D})(?:[+＋]?(?:86|８６){GAP})?[1１][3-9３-９]{D}{GAP}{D}{{4}}{GAP}{D}{{4}}(?!{D})")
LANDLINE = re.compile(rf"(?<!{D})[（(]?[0０]{D}{{2,3}}[）)]?{GAP}{D}{{7,8}}(?!{D})")
MAIL = re.compile(r"[A-Za-z0-9_.+-]+[@＠][A-Za-z0-9-]+(?:[.．][A-Za-z0-9-]+)+")


def masked(text: str) -> str:
    for pattern in (IDENTITY, BANK, MOBILE, LANDLINE):
        text = pattern.sub(HIDDEN_NUMBER, text)
    return MAIL.sub(HIDDEN_MAIL, text)


def unnamed(text: str, names: Iterable[str]) -> str:
    """The text without these names, longest first: 张三 is part of 张三丰."""
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, HIDDEN_NAME)
    return text
