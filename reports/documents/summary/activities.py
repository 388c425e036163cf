"""What was done: how often, who came, month by month (domain.md R01 to R05 are told by `topics`)."""

from __future__ import annotations

from collections.abc import Sequence

from activities.figures import Figures, YearFigures
from activities.measures import type_units
from core.clock import Span
from core.pdf.blocks import Block, Column, Columns, Run, Table
from plans.enums import Metric
from reports.documents import Composition
from reports.documents.summary.scope import Part, Scope, joined, plain, sentence

COLUMNS = (Column("类型", 24), Column("次数", 11, "center"), Column("应到", 11, "center"), Column("实到", 11, "center"),
           Column("到会率", 13, "center"), Column("时长和数量", 30))  # fmt: skip
#: Field of Figures → words, metric and measure word.
QUANTITIES = {"hours": ("累计时长", Metric.HOURS, "小时"), "households": ("走访群众", Metric.HOUSEHOLDS, "户"),
              "copies": ("发放资料", Metric.COPIES, "册"), "amount": ("捐助资金", Metric.AMOUNT, "元")}  # fmt: skip


def part(found: Composition, scope: Scope, year: YearFigures) -> list[Part]:
    if not year.total.count:
        return []
    blocks = [
        *sentence("activities", counted(found, scope, year)),
        *sentence("activities.turnout", turnout(found, scope, year)),
        *sentence("activities.more", [*quantities(found, scope, year.total), *unplanned(found, scope, year)]),
        Table(COLUMNS, [row(found, scope, code, of) for code, of in year.by_type.items()], caption="各类活动情况表"),
        *charts(found, scope, year),
    ]  # fmt: skip
    return [Part("activities", "履职活动开展情况", blocks)]


def counted(found: Composition, scope: Scope, year: YearFigures) -> list[Run]:
    total, units = total_of(found, scope, year), type_units()
    by_type = [
        [of.label, found.figure(f"activities.{code}", of.count, units.get(code, "次"), of.label,
                                scope.url("activities", type=code))]
        for code, of in year.by_type.items()
    ]  # fmt: skip
    runs: list[Run] = [f"{scope.lead}开展各类活动", total]
    if year.total.came:
        url = scope.url("activities", Metric.PERSON_TIMES)
        runs += ["，参加活动的委员达",
                 found.figure("activities.person_times", year.total.came, "人次", "参加活动的委员", url),
                 "，涉及委员", found.figure("activities.members", year.members, "人", "参加过活动的委员",
                                        scope.url("activities", Metric.MEMBERS))]  # fmt: skip
    if len(by_type) == 1:  # the section of its topic says of which type
        return [*runs, "。"]
    return [*runs, "。其中", *joined(by_type), "。"]


def total_of(found: Composition, scope: Scope, year: YearFigures) -> Run:
    return found.figure("activities", year.total.count, "次", "开展活动", scope.url("activities"))


def turnout(found: Composition, scope: Scope, year: YearFigures) -> list[Run]:
    total, url = year.total, scope.url("activities")
    if not total.due:
        return []
    return [
        "活动应到委员", found.figure("activities.due", total.due, "人次", "应到委员", url),
        "，实到", found.figure("activities.person_times", total.came, "人次"),
        "，到会率", found.figure("activities.rate", plain(total.rate or 0), "%", "到会率", url), "。",
    ]  # fmt: skip


def quantities(found: Composition, scope: Scope, total: Figures) -> list[Run]:
    """What was handed out, visited, given: only what occurred."""
    parts = [
        [words, found.figure(f"activities.{key}", plain(value), unit, words, scope.url("activities", metric))]
        for key, (words, metric, unit) in QUANTITIES.items()
        if (value := getattr(total, key))
    ]
    return [*joined(parts, "，"), "。"] if parts else []


def unplanned(found: Composition, scope: Scope, year: YearFigures) -> list[Run]:
    if not year.unplanned:
        return []
    url = scope.url("activities", planned="0")
    figure = found.figure("activities.unplanned", year.unplanned, "次", "计划外活动", url)
    return ["在计划安排之外，根据工作需要增加活动", figure, "。"]


def row(found: Composition, scope: Scope, code: str, of: Figures) -> tuple:
    """A type with its attendance and quantities (集中学习 48 小时, 参学率 100%)."""
    given = {"due": (of.due, "人次"), "came": (of.came, "人次"), "rate": (of.rate or 0, "%")} if of.due else {}
    url = scope.url("activities", type=code)
    shown = [found.figure(f"activities.{code}.{key}", plain(value), unit, of.label, url).value
             for key, (value, unit) in given.items()]  # fmt: skip
    due, there, rate = shown or ("", "", "")
    return of.label, of.count, due, there, rate and f"{rate}%", amounts(found, scope, code, of)


def amounts(found: Composition, scope: Scope, code: str, of: Figures) -> str:
    """48小时、16户: only what occurred."""
    kept = [
        found.figure(
            f"activities.{code}.{key}", plain(value), unit, of.label, scope.url("activities", metric, type=code)
        )
        for key, (_, metric, unit) in QUANTITIES.items()
        if (value := getattr(of, key))
    ]
    return "、".join(map(str, kept))


# --- drawn -----------------------------------------------------------------------------------------------------------
def charts(found: Composition, scope: Scope, year: YearFigures) -> list[Block]:
    """Month by month, of several years year by year; nothing to draw for a single month."""
    times = [each for each in periods(year) if each[1].first <= scope.today]
    if len(times) < 2:
        return []
    for label, span, of in times:
        remember(found, label, scope.url("activities", span=span), span, of)
    word = "各年" if span_of_years(year) else "各月"
    made: list[Block] = [Columns(f"{word}活动次数", [(label, of.count) for label, _, of in times], "次")]
    rates = [(label, plain(of.rate)) for label, _, of in times if of.rate is not None]
    return [*made, Columns(f"{word}到会率", rates, "%", most=100)] if len(rates) > 1 else made


def remember(found: Composition, label: str, url: str, span: Span, of: Figures) -> None:
    """What is drawn is a figure too."""
    if of.count:
        found.figure(f"activities.in.{span.first}", of.count, "次", f"{label}活动", url)
    if of.rate is not None:
        found.figure(f"activities.rate.in.{span.first}", plain(of.rate), "%", f"{label}到会率", url)


def span_of_years(year: YearFigures) -> bool:
    months = list(year.by_month)
    return months[0].year != months[-1].year


def periods(year: YearFigures) -> Sequence[tuple[str, Span, Figures]]:
    """Months with their figures, or years when there are several."""
    if not span_of_years(year):
        return [
            (of.label, Span.months(first.year, first.month, first.month), of) for first, of in year.by_month.items()
        ]
    sums: dict[int, Figures] = {}
    for first, of in year.by_month.items():
        values = {name: getattr(of, name) for name in ("count", "due", "came")}
        sums[first.year] = sums.get(first.year, Figures(f"{first.year}年")).plus(values)
    begun = next((number for number, of in sums.items() if of.count), 0)
    return [(of.label, Span.year(number), of) for number, of in sums.items() if number >= begun]
