"""What the lists show above and around their rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone

from activities import selectors
from activities.figures import Figures
from activities.models import Activity
from core import components
from core.clock import today
from plans.figures import number
from plans.schedule import Standing


@dataclass(frozen=True)
class Sum:
    label: str
    value: Any
    unit: str


def sums(total: Figures, members: int, results: Sequence[tuple[str, Decimal]] = ()) -> list[Sum]:
    """The figures of everything listed, so that a target's number is found on the page it leads to; `results` are
    labels with their unit in brackets and sums.
    """
    quantities = [
        Sum("时长", total.hours.normalize() if total.hours else 0, "小时"),
        Sum("走访", total.households, "户"),
        Sum("资料", total.copies, "份"),
        Sum("金额", f"{total.amount:,.2f}", "元"),
        Sum("到会率", f"{total.rate:g}" if total.rate else 0, "%"),
    ]
    came_to = [Sum(label.rstrip("）").partition("（")[0], number(value), label.rstrip("）").rpartition("（")[2])
               for label, value in results]  # fmt: skip
    shown = [each for each in quantities if each.value not in (0, "0.00")]
    return [
        Sum("活动", total.count, "次"),
        *([Sum("应到", total.due, "人次")] if total.due else []),
        Sum("到场", total.came, "人次"),
        Sum("不同委员", members, "人"),
        *shown,
        *came_to,
    ]


@dataclass(frozen=True)
class WaitingItem:
    planned: selectors.PlannedItem
    when: str
    late: bool


def waiting_months(items: Iterable[selectors.PlannedItem]) -> list[tuple[int, list[WaitingItem]]]:
    """(month, what waits in it), months in order; late when the month is over."""
    months: dict[int, list[WaitingItem]] = {}
    day = today()
    for each in items:
        span = each.standing.span
        late = (span.last.year, span.last.month) < (day.year, day.month)
        months.setdefault(span.first.month, []).append(WaitingItem(each, when(each.standing), late))
    return sorted(months.items())


def when(standing: Standing) -> str:
    return f"{standing.time.text}（原定{standing.item.time.text}）" if standing.is_moved else standing.time.text


def board(activities: Iterable[Activity], year: int) -> list[components.BoardMonth]:
    """Twelve months with their activities, the earliest first."""
    months: dict[int, list[components.BoardItem]] = {month: [] for month in range(1, 13)}
    for activity in activities:
        day = timezone.localtime(activity.starts_at)
        state = activity.state_text if activity.is_planned else f"计划外·{activity.state_text}"
        item = components.BoardItem(activity.title, activity.get_absolute_url(), f"{day.day}日", state, activity.tone)
        months[day.month].append(item)
    now = today()
    return [
        components.BoardMonth(f"{month}月", items, current=(year, month) == (now.year, now.month))
        for month, items in months.items()
    ]
