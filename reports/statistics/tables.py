"""The offices beside each other as a table: sortable, cards on phones, exported as it is shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import django_tables2 as tables
from django.utils.html import format_html

from core.listing import Table
from reports.statistics.comparison import Line, columns
from reports.statistics.kinds import Kind, Value, shown

NUM = {"td": {"class": "cell-num"}, "th": {"class": "cell-num"}, "tf": {"class": "cell-num"}}
Record = Mapping[str, Any]


class Counted(tables.Column):
    """A number that leads to its records, for readers who may see them; the office's plan beside its targets."""

    def __init__(self, kind: Kind, total: str) -> None:
        super().__init__(kind.short, footer=total, attrs=NUM)
        self.kind = kind

    def render(self, record: Record, value: Value) -> Any:
        line: Line = record["line"]
        words = f"{shown(value)}{line.of(self.kind)}{'%' if self.kind.is_rate else ''}"
        url = line.url(self.kind)
        return format_html('<a href="{}">{}</a>', url, words) if url and value is not None else words

    def value(self, record: Record, value: Value) -> Value | str:
        return exported(record["line"], self.kind)


def exported(line: Line, kind: Kind) -> Value | str:
    """A number stays one; of the targets how many of how many."""
    value, of = line.value(kind), line.of(kind)
    return f"{shown(value)}{of}" if of and value is not None else value


class ComparisonTable(Table):
    """One row per office in the order of their codes: no ranking unless somebody asks for it by a column's head."""

    name = tables.Column("办公室", attrs={"td": {"class": "cell-title"}}, footer="合计")

    class Meta(Table.Meta):
        row_attrs = {"class": lambda record: "is-own" if record["line"].side.is_own else ""}

    def __init__(self, lines: Sequence[Line], total: Line | None, **options: Any) -> None:
        kinds = columns(lines)
        added = [(kind.key, Counted(kind, footer(total, kind))) for kind in kinds]
        serving = tables.Column("委员", footer=str(total.serving) if total else "", attrs=NUM)
        super().__init__(
            [record(line, kinds) for line in lines], extra_columns=[("serving", serving), *added], **options
        )
        self.total, self.kinds, self.show_footer = total, kinds, total is not None

    def has_footer(self) -> bool:
        return self.show_footer

    def as_values(self, exclude_columns: Any = None) -> Iterator[list[Any]]:
        """The workbook has the last line of the page too."""
        yield from super().as_values(exclude_columns)
        if self.total is not None:
            yield ["合计", self.total.serving, *(exported(self.total, kind) for kind in self.kinds)]

    def render_name(self, value: str, record: Record) -> Any:
        return format_html('<a href="{}">{}</a>', record["url"], value) if record["url"] else value

    def value_name(self, value: str) -> str:
        return value


def record(line: Line, kinds: Sequence[Kind]) -> Record:
    values = {kind.key: line.value(kind) for kind in kinds}
    return {"name": line.side.label, "serving": line.serving, "line": line, "url": line.page_url, **values}


def footer(total: Line | None, kind: Kind) -> str:
    if total is None or total.value(kind) is None:
        return "" if total is None else "—"
    return f"{shown(total.value(kind))}{total.of(kind)}{'%' if kind.is_rate else ''}"
