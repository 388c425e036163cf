"""The days a summary is about, and the words they give it: a month, a quarter, half a year, the year, the term."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.clock import Span, chinese_date
from core.errors import DomainError
from organisation.models import Office
from organisation.selectors import root_of
from plans import periods as plan_periods

MONTHS = tuple((f"m{month:02}", f"{month}月") for month in range(1, 13))
QUARTERS = (("q1", "一季度"), ("q2", "二季度"), ("q3", "三季度"), ("q4", "四季度"))


@dataclass(frozen=True)
class Period:
    """`name` says it in a sentence once it is over (上半年), `running` before; `title` follows the office's name.

    `ahead`: what comes after it in the same year. `is_brief`: short, its lists stand in the text. `years`: told year
    by year; of one year its plan is followed.
    """

    key: str
    year: int
    span: Span
    name: str
    running: str
    title: str
    ahead: Span | None = None
    is_brief: bool = False
    years: tuple[int, ...] = ()

    @property
    def is_long(self) -> bool:
        """Long enough to ask for what is still missing, not only for what is late."""
        return self.key in ("half", "year", "term")

    def is_over(self, today: date) -> bool:
        return today >= self.span.last

    def lead(self, today: date) -> str:
        return self.name if self.is_over(today) else self.running

    def until(self, today: date) -> str:
        """Below the title, as long as it is not over: up to which day the records go."""
        return "" if self.is_over(today) else f"数据截至{chinese_date(today)}"

    def as_of(self, today: date) -> date | None:
        """The day targets are judged by; of a whole year the dashboards' own."""
        return None if self.key in ("year", "term") else min(today, self.span.last)


def of_year(office: Office, year: int, part: str = "") -> Period:
    return Period("year", year, Span.year(year), "全年", "今年以来", f"{year}年工作总结")


def of_half(office: Office, year: int, part: str = "") -> Period:
    return Period("half", year, Span.months(year, 1, 6), "上半年", "今年以来", f"{year}年上半年工作小结",
                  ahead=Span.months(year, 7, 12))  # fmt: skip


def of_quarter(office: Office, year: int, part: str) -> Period:
    number, name = int(part[1:]), dict(QUARTERS)[part]
    ahead = Span.months(year, 3 * number + 1, 3 * number + 3) if number < 4 else None
    return Period("quarter", year, Span.months(year, 3 * number - 2, 3 * number), name,
                  "今年以来" if number == 1 else f"{name}以来", f"{year}年{name}工作小结", ahead)  # fmt: skip


def of_month(office: Office, year: int, part: str) -> Period:
    month = int(part[1:])
    ahead = Span.months(year, month + 1, month + 1) if month < 12 else None
    return Period("month", year, Span.months(year, month, month), f"{month}月份", f"{month}月以来",
                  f"{year}年{month}月工作简报", ahead, is_brief=True)  # fmt: skip


def of_term(office: Office, year: int, part: str = "") -> Period:
    """From the first year of the term that the year belongs to. Raises DomainError when no term is known."""
    root = root_of(office)
    found = plan_periods.of_year(plan_periods.terms(frozenset({root.pk})).get(root.pk, []), year)
    if found is None:
        raise DomainError(f"还没有登记{year}年所在的届，请先在“届次”里补充。")
    name, term = found
    first = term.first.year if term.first.month < 12 else term.first.year + 1
    years = tuple(range(first, year + 1))
    span = Span(date(first, 1, 1), date(year, 12, 31))
    said = f"{name}政协以来" if name.endswith("届") else f"{name}以来"
    return Period("term", year, span, said, said, f"{name}以来（{first}—{year}年）工作总结", years=years)


Makes = Callable[[Office, int, str], Period]
#: Document → the days it is about.
OF_DOCUMENT: dict[str, Makes] = {
    "monthly_brief": of_month, "quarterly_summary": of_quarter, "half_year_summary": of_half, "annual_summary": of_year,
    "term_summary": of_term,
}  # fmt: skip


def span_of(manuscript: Any) -> Span:
    """The days a manuscript or report is about; of other documents its whole year."""
    makes = OF_DOCUMENT.get(manuscript.document, of_year)
    return makes(manuscript.office, manuscript.year, manuscript.part).span
