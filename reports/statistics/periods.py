"""The span a page of statistics is about: a year, a half, a quarter or a month, and the same span a year earlier."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.clock import Span, chinese_date, chinese_number, today

OLDEST = 2000
WHOLE = "year"
HALVES = {"h1": ("上半年", 1, 6), "h2": ("下半年", 7, 12)}
QUARTERS = {f"q{n}": (f"{chinese_number(n)}季度", 3 * n - 2, 3 * n) for n in range(1, 5)}
MONTHS = {f"m{n:02}": (f"{n}月", n, n) for n in range(1, 13)}
#: key → (words, first month, last month)
PARTS: dict[str, tuple[str, int, int]] = {WHOLE: ("全年", 1, 12), **HALVES, **QUARTERS, **MONTHS}


@dataclass(frozen=True)
class Period:
    """`last` is the same span of the year before; while the span is under way only up to the same day."""

    year: int
    part: str = WHOLE
    day: date | None = None

    @property
    def today(self) -> date:
        return self.day or today()

    @property
    def now(self) -> Span:
        _, first, last = PARTS[self.part]
        return Span.months(self.year, first, last)

    @property
    def is_open(self) -> bool:
        """Under way today."""
        return self.now.first <= self.today < self.now.last

    @property
    def last(self) -> Span:
        _, first, last = PARTS[self.part]
        whole = Span.months(self.year - 1, first, last)
        return Span(whole.first, a_year_before(self.today)) if self.is_open else whole

    @property
    def as_of(self) -> date | None:
        """The day by which targets are judged: as in the summaries, today for a year, the end of its part else."""
        return None if self.part == WHOLE else min(self.today, self.now.last)

    @property
    def as_of_last(self) -> date | None:
        return None if self.part == WHOLE and not self.is_open else self.last.last

    @property
    def words(self) -> str:
        """2026年, 2026年上半年."""
        return f"{self.year}年" + ("" if self.part == WHOLE else PARTS[self.part][0])

    @property
    def until(self) -> str:
        """Up to which day there are records, while the span is under way."""
        return f"截至{chinese_date(self.today)}" if self.is_open else ""

    @property
    def last_words(self) -> str:
        """The span compared with, in words."""
        if not self.is_open:
            return f"{self.year - 1}年" + ("" if self.part == WHOLE else PARTS[self.part][0])
        return f"{chinese_date(self.last.first)}至{self.last.last.month}月{self.last.last.day}日"


def a_year_before(day: date) -> date:
    """29 February becomes 28."""
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)


def chosen(year: str, part: str) -> Period:
    """From an address; what nobody can have meant is the current year."""
    wanted = int(year) if year.isascii() and year.isdecimal() and len(year) == 4 else 0
    known = OLDEST < wanted <= today().year + 1
    return Period(wanted if known else today().year, part if part in PARTS else WHOLE)
