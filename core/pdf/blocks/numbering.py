"""Numbers of headings: 一、 （一） 1. （1）."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from core.pdf.blocks.text import Heading

DIGITS = "〇一二三四五六七八九"


@dataclass
class _Counters:
    values: list[int] = field(default_factory=lambda: [0, 0, 0, 0])

    def next(self, level: int) -> int:
        self.values[level - 1] += 1
        self.values[level:] = [0] * (4 - level)
        return self.values[level - 1]


def number_headings(blocks: Iterable[object]) -> list:
    """The same blocks with 一、 （一） 1. （1） before the headings.

    A number set before stays and is not counted; an empty one keeps a heading without number.
    """
    counters = _Counters()
    return [_numbered(block, counters) for block in blocks]


def _numbered(block: object, counters: _Counters) -> object:
    if not isinstance(block, Heading) or block.number is not None:
        return block
    return replace(block, number=heading_number(block.level, counters.next(block.level)))


def heading_number(level: int, value: int) -> str:
    """The mark of the `value`-th heading of a level, 1 to 4 (GB/T 9704-2012 7.3.3). Raises ValueError."""
    if level == 1:
        return f"{chinese_number(value)}、"
    if level == 2:
        return f"（{chinese_number(value)}）"
    if level == 3:
        return f"{value}."
    if level == 4:
        return f"（{value}）"
    raise ValueError(f"no heading level {level}")


def chinese_number(value: int) -> str:
    """1 to 99 as 一 … 九十九. Raises ValueError outside."""
    if not 1 <= value <= 99:
        raise ValueError(f"{value} is not between 1 and 99")
    tens, ones = divmod(value, 10)
    head = "" if not tens else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return head + (DIGITS[ones] if ones else "")
