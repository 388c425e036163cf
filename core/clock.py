"""Calendar arithmetic in the portal's own time zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

CHINESE_DIGITS = "〇一二三四五六七八九"
PARTS_OF_MONTH = {"early": ("上旬", 1, 10), "middle": ("中旬", 11, 20), "late": ("下旬", 21, 31)}


def today() -> date:
    return timezone.localdate()


def start_of(day: date) -> datetime:
    """Midnight at the start of the day, aware."""
    return timezone.make_aware(datetime.combine(day, time.min))


def end_of(day: date) -> datetime:
    """Midnight at the end of the day, aware. The calendar's last days have no next one and stand for themselves."""
    return start_of(min(day, date(9999, 12, 30)) + timedelta(days=1))


@dataclass(frozen=True)
class Span:
    """Whole days, both ends included."""

    first: date
    last: date

    @classmethod
    def year(cls, year: int) -> Span:
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def months(cls, year: int, first: int, last: int) -> Span:
        end = date(year, 12, 31) if last == 12 else date(year, last + 1, 1) - timedelta(days=1)
        return cls(date(year, first, 1), end)

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """Half-open range of aware datetimes: [start of first day, start of the day after the last)."""
        return start_of(self.first), end_of(self.last)

    def elapsed(self, on: date) -> float:
        """Share of the span that has passed at the end of the given day, 0 to 1."""
        days = (self.last - self.first).days + 1
        return min(1.0, max(0.0, ((on - self.first).days + 1) / days))


def chinese_number(number: int) -> str:
    """1..99 as Chinese numerals: 7 → 七, 12 → 十二, 30 → 三十."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else CHINESE_DIGITS[tens] + "十")
    return head + (CHINESE_DIGITS[ones] if ones or not head else "")


def chinese_date(day: date) -> str:
    """2026年3月5日: Arabic numerals, no leading zeros (GB/T 9704)."""
    return f"{day.year}年{day.month}月{day.day}日"
