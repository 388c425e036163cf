"""Numbers as plans write them: 2, 2.5, 1,680, 两, 十二, 一百二十, 三四, 10多."""

from __future__ import annotations

from decimal import Decimal

DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
TENS = {"十": 10, "百": 100, "千": 1000}
CHINESE = "零〇一二两三四五六七八九十百千"
#: A number without sign. Possessive in effect: neither alternative can give characters back to the other.
NUMBER = rf"(?:\d{{1,9}}(?:,\d{{3}}){{0,3}}(?:\.\d{{1,4}})?|[{CHINESE}]{{1,9}})"


def value(text: str) -> Decimal | None:
    """The number, or None when the characters make none (一百百)."""
    if text[:1].isdigit() and text[0] in "0123456789":
        return Decimal(text.replace(",", ""))
    return chinese(text)


def chinese(text: str) -> Decimal | None:
    """三 → 3, 十二 → 12, 一百零五 → 105, 二〇二四 → 2024."""
    if not text or any(char not in CHINESE for char in text):
        return None
    if len(text) > 1 and not any(char in TENS for char in text):
        return Decimal("".join(str(DIGITS[char]) for char in text))
    total, digit = 0, 0
    for char in text:
        if char in DIGITS:
            digit = DIGITS[char]
        else:
            total += (digit or 1) * TENS[char]
            digit = 0
    return Decimal(total + digit)


def pair(text: str) -> tuple[Decimal, Decimal] | None:
    """Two neighbouring digits said as one number: 三四 (次) → 3 to 4."""
    if len(text) == 2 and all(char in DIGITS for char in text):
        low, high = DIGITS[text[0]], DIGITS[text[1]]
        if low and high == low + 1:
            return Decimal(low), Decimal(high)
    return None
