"""Small SVG charts for pages and for WeasyPrint.

Only presentation attributes are used: the Content-Security-Policy blocks `style` attributes and <style> elements.
Every number is written beside its bar and again in the data table, so colour is never the only cue.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

#: Dark enough for white text and for 3:1 against white; ordered so that neighbours differ in lightness too.
COLOURS = ("#1c4f8f", "#c47f17", "#2f7d4f", "#8f1d1d", "#6b7785", "#5b4a9c")
#: Places of COLOURS for the same thing now and before.
PAIR = (0, 4, 1)
INK, SOFT, LINE = "#21262c", "#4b525b", "#ddd7cd"
TEXT = 16  # px; the charts are drawn at their own width, so this is what the reader sees


@dataclass(frozen=True)
class Series:
    """One colour of a chart: a value for each label."""

    name: str
    values: Sequence[float]


@dataclass(frozen=True)
class Figure:
    """A drawn chart with the numbers behind it."""

    title: str
    svg: SafeString
    head: Sequence[str]
    rows: Sequence[Sequence[str]]


def number(value: float) -> str:
    """1234 → 1234, 3.50 → 3.5."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def nice_top(value: float) -> float:
    """The end of the axis: the next 1, 2, 2.5 or 5 times a power of ten; 4 at least, so that steps are whole."""
    if value <= 4:
        return 4
    power = 10 ** floor(log10(value))
    return next(step * power for step in (1, 2, 2.5, 5, 10) if step * power >= value)


def text(x: float, y: float, words: str, *, anchor: str = "middle", fill: str = SOFT, bold: bool = False) -> SafeString:
    return format_html(
        '<text x="{}" y="{}" font-size="{}" text-anchor="{}" fill="{}" font-weight="{}">{}</text>',
        number(x), number(y), TEXT, anchor, fill, "600" if bold else "400", words,
    )  # fmt: skip


def rect(x: float, y: float, width: float, height: float, fill: str) -> SafeString:
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" fill="{}"/>',
        number(x), number(y), number(max(0, width)), number(max(0, height)), fill,
    )  # fmt: skip


def line(x1: float, y1: float, x2: float, y2: float) -> SafeString:
    return format_html(
        '<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="{}" stroke-width="1"/>',
        number(x1), number(y1), number(x2), number(y2), LINE,
    )  # fmt: skip


def joined(parts: Sequence[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def frame(width: float, height: float, title: str, desc: str, parts: Sequence[SafeString]) -> SafeString:
    """The <svg> with its accessible name and description."""
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img"'
        ' aria-label="{title}。{desc}"><title>{title}</title><desc>{desc}</desc>{body}</svg>',
        w=number(width), h=number(height), title=title, desc=desc, body=joined(parts),
    )  # fmt: skip


def legend(series: Sequence[Series], width: float, colours: Sequence[str] = COLOURS) -> list[SafeString]:
    """Colour keys in the top line; nothing for a single series, whose name is the title."""
    if len(series) < 2:
        return []
    parts, x = [], 0.0
    for index, each in enumerate(series):
        parts += [rect(x, 4, 14, 14, colours[index]), text(x + 20, 17, each.name, anchor="start")]
        x += 44 + TEXT * len(each.name)
    return parts


def describe(labels: Sequence[str], series: Sequence[Series], unit: str) -> str:
    """The chart in one sentence, for screen readers: totals and the highest value of each series."""
    parts = []
    for each in series:
        best = max(range(len(labels)), key=lambda index: each.values[index], default=None)
        top = "" if best is None else f"，最高为{labels[best]} {number(each.values[best])}{unit}"
        parts.append(f"{each.name}合计 {number(sum(each.values))}{unit}{top}")
    return "；".join(parts)


def table(labels: Sequence[str], series: Sequence[Series]) -> tuple[list[str], list[list[str]]]:
    head = ["项目", *(each.name for each in series)]
    return head, [[label, *(number(each.values[i]) for each in series)] for i, label in enumerate(labels)]


def columns(
    title: str, labels: Sequence[str], series: Sequence[Series], *, unit: str = "", width: int = 860, height: int = 300
) -> Figure:
    """Upright bars, stacked when there is more than one series. Draw it again with width=360 for phones."""
    totals = [sum(each.values[index] for each in series) for index in range(len(labels))]
    top, head_room, left, foot = nice_top(max(totals, default=0)), 34, 44, 30
    plot = height - head_room - foot
    slot = (width - left) / max(1, len(labels))
    bar = min(44.0, slot * 0.62)
    every = max(1, ceil((TEXT * max((len(label) for label in labels), default=1) + 4) / slot))
    parts = legend(series, width)
    for step in range(5):
        y = head_room + plot * (1 - step / 4)
        parts += [line(left, y, width, y), text(left - 8, y + 5, number(top * step / 4), anchor="end")]
    for index, label in enumerate(labels):
        middle = left + slot * (index + 0.5)
        parts += stack([each.values[index] for each in series], middle - bar / 2, bar, head_room + plot, plot / top)
        if totals[index] and slot > TEXT:
            parts.append(
                text(middle, head_room + plot * (1 - totals[index] / top) - 6, number(totals[index]), fill=INK)
            )
        if index % every == 0:
            parts.append(text(middle, height - 8, label))
    head, rows = table(labels, series)
    return Figure(title, frame(width, height, title, describe(labels, series, unit), parts), head, rows)


def pairs(
    title: str, labels: Sequence[str], series: Sequence[Series], *, unit: str = "", width: int = 860, height: int = 260
) -> Figure:
    """Upright bars beside each other for each label: the same figure of two years. Numbers stand above the bars; where
    there is no room for all of them, above those of the first series.
    """
    top, head_room, left, foot = nice_top(max((max(each.values, default=0) for each in series), default=0)), 44, 44, 30
    plot, slot = height - head_room - foot, (width - left) / max(1, len(labels))
    bar = min(26.0, slot * 0.8 / max(1, len(series)))
    every = max(1, ceil((TEXT * max((len(label) for label in labels), default=1) + 4) / slot))
    parts = legend(series, width, [COLOURS[place] for place in PAIR])
    steps = 4 if top % 4 == 0 else 5  # whole numbers on the axis
    for step in range(steps + 1):
        y = head_room + plot * (1 - step / steps)
        parts += [line(left, y, width, y), text(left - 8, y + 5, number(top * step / steps), anchor="end")]
    for index, label in enumerate(labels):
        middle = left + slot * (index + 0.5)
        x = middle - bar * len(series) / 2
        for place, each in enumerate(series):
            value = each.values[index]
            y = head_room + plot * (1 - value / top)
            parts.append(rect(x + bar * place, y, bar - 2, value * plot / top, COLOURS[PAIR[place]]))
            if value and (place == 0 or bar >= 0.6 * TEXT * len(number(value))):
                parts.append(text(x + bar * (place + 0.5) - 1, y - 5, number(value), fill=INK if place == 0 else SOFT))
        if index % every == 0:
            parts.append(text(middle, height - 8, label))
    head, rows = table(labels, series)
    return Figure(title, frame(width, height, title, describe(labels, series, unit), parts), head, rows)


def stack(values: Sequence[float], x: float, width: float, floor_y: float, scale: float) -> list[SafeString]:
    """The pieces of one upright bar, from the floor up."""
    parts, y = [], floor_y
    for index, value in enumerate(values):
        y -= value * scale
        parts.append(rect(x, y, width, value * scale, COLOURS[index]))
    return parts


def bars(
    title: str,
    labels: Sequence[str],
    series: Sequence[Series],
    *,
    unit: str = "",
    width: int = 860,
    label_width: int = 0,
    colours: Sequence[str] = COLOURS,
    notes: Sequence[str] = (),
) -> Figure:
    """Lying bars, one line per label, stacked when there is more than one series; for long labels and rankings.

    `colours`, one per series, where a colour has a meaning of its own (不满意 is no green); `notes`, one per label, are
    written behind the sum (a rate).
    """
    totals = [sum(each.values[index] for each in series) for index in range(len(labels))]
    left = label_width or min(width * 0.4, TEXT * max((len(label) for label in labels), default=1) + 12)
    top, head_room, row = max([*totals, 1]), 30 if len(series) > 1 else 4, 36
    ends = [f"{number(total)}{unit}" for total in totals]
    if any(notes):
        ends = [f"{words}，{note}" if note else words for words, note in zip(ends, notes, strict=True)]
    scale = max(0.0, width - left - max([70.0, *(14 + width_of(words) for words in ends)])) / top
    parts = legend(series, width, colours)
    for index, label in enumerate(labels):
        y, x = head_room + row * index, left
        parts.append(text(left - 10, y + 22, shortened(label, left), anchor="end", fill=INK))
        for colour, each in enumerate(series):
            parts.append(rect(x, y + 6, each.values[index] * scale, 22, colours[colour]))
            x += each.values[index] * scale
        parts.append(text(x + 8, y + 22, ends[index], anchor="start", fill=INK))
    head, rows = table(labels, series)
    height = head_room + row * len(labels) + 6
    return Figure(title, frame(width, height, title, describe(labels, series, unit), parts), head, rows)


def width_of(words: str) -> float:
    """Of the words in TEXT, about."""
    return sum(TEXT if ord(each) > 0x2E7F else TEXT * 0.6 for each in words)


def shortened(label: str, room: float) -> str:
    """The label cut to the room there is; the data table has it in full."""
    fits = int((room - 12) // TEXT)
    return label if len(label) <= fits else label[: max(1, fits - 1)] + "…"
