"""What a document is made of: reports compose a list of these blocks and nothing else.

Each block knows its template; documents/composed.html prints a list of them. Measures are shares of the text
block, never points: the sheet decides those.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import ClassVar

DIGITS = "〇一二三四五六七八九"


@dataclass(frozen=True)
class Figure:
    """A number in running text that comes from records: `key` names the measure, `label` says it in words."""

    value: int | float | str
    unit: str = ""
    key: str = ""
    label: str = ""

    def __str__(self) -> str:
        return f"{self.value}{self.unit}"


Run = str | Figure


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 (一、) to 4 (（1）); `number` is filled by `number_headings`."""

    level: int
    text: str
    number: str | None = None
    anchor: str = ""  # what a table of contents or an index leads to
    template: ClassVar[str] = "documents/_heading.html"

    @property
    def tag(self) -> str:
        """h2 to h5: h1 is the document's title."""
        return f"h{self.level + 1}"


@dataclass(frozen=True)
class Paragraph:
    """Running text; `indent=False` for a line that begins at the edge, such as the addressee (主送机关)."""

    runs: Sequence[Run] | str
    indent: bool = True
    template: ClassVar[str] = "documents/_paragraph.html"

    @property
    def parts(self) -> list[tuple[str, bool]]:
        """`(text, is it a figure)`, in order."""
        runs = [self.runs] if isinstance(self.runs, str) else self.runs
        return [(str(run), isinstance(run, Figure)) for run in runs]


def paragraphs(text: str) -> list[Paragraph]:
    """A paragraph for each line a clerk typed; empty lines and the blanks around each are dropped."""
    return [Paragraph(line.strip()) for line in text.splitlines() if line.strip()]


@dataclass(frozen=True)
class Column:
    """`width` in percent of the table (a full date needs 22); `align`: left, center or right."""

    label: str
    width: int
    align: str = "left"


@dataclass(frozen=True)
class Table:
    """Cells are text (line feeds count), numbers or None. Rows are never split over pages; the head is repeated.

    `wide`: many columns in small type, for the landscape sheet.
    """

    columns: Sequence[Column]
    rows: Sequence[Sequence[object]]
    caption: str = ""
    wide: bool = False
    template: ClassVar[str] = "documents/_table.html"

    @property
    def lines(self) -> list[list[tuple[Column, object]]]:
        """Rows as (column, value) pairs. Raises ValueError when a row and the head differ in length."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class Progress:
    """One target: what was planned, what the records count."""

    target: str
    planned: int | float
    actual: int | float
    unit: str = ""

    @property
    def percent(self) -> int:
        """Share reached, rounded down: 100 always means done. Nothing planned: 100 once anything is done."""
        if not self.planned:
            return 100 if self.actual else 0
        return int(self.actual * 100 // self.planned)

    @property
    def bar(self) -> int:
        """Length of the bar out of 100."""
        return max(0, min(100, self.percent))


@dataclass(frozen=True)
class ProgressTable:
    """Planned and actual of each target, with a bar."""

    rows: Sequence[Progress]
    caption: str = ""
    template: ClassVar[str] = "documents/_progress_table.html"


@dataclass(frozen=True)
class Bars:
    """A horizontal bar chart of `(label, value)` rows, all values ≥ 0; drawn as vectors with real text."""

    title: str
    rows: Sequence[tuple[str, int | float]]
    unit: str = ""
    template: ClassVar[str] = "documents/_bars.html"
    # Units of the drawing: 156 wide, as the text block is 156 mm.
    WIDTH: ClassVar[float] = 156
    LABEL: ClassVar[float] = 40
    STEP: ClassVar[float] = 8
    VALUE: ClassVar[float] = 22

    @property
    def height(self) -> float:
        return self.STEP * len(self.rows) + 2

    @property
    def bars(self) -> list[dict[str, object]]:
        """Geometry of each row, ready for the template."""
        top = max((value for _, value in self.rows), default=0) or 1
        room = self.WIDTH - self.LABEL - self.VALUE
        return [
            {
                "label": label,
                "value": value,
                "y": self.STEP * index + 1.5,
                "text_y": self.STEP * index + 6.2,
                "width": round(room * value / top, 2),
                "value_x": round(self.LABEL + room * value / top + 1.5, 2),
            }
            for index, (label, value) in enumerate(self.rows)
        ]


@dataclass(frozen=True)
class Picture:
    """A photo known to `core.pdf.media_resolver`; `width` in percent of the text block."""

    media_id: str
    caption: str = ""
    width: int = 100
    template: ClassVar[str] = "documents/_picture.html"


@dataclass(frozen=True)
class Attachments:
    """附件说明: names without closing punctuation, below the body."""

    names: Sequence[str]
    template: ClassVar[str] = "documents/_attachments.html"


@dataclass(frozen=True)
class Signature:
    """署名 and 成文日期 (GB/T 9704-2012 7.3.5). With a seal the date ends four characters from the edge."""

    office: str
    date: date
    sealed: bool = False
    template: ClassVar[str] = "documents/_signature.html"


@dataclass(frozen=True)
class Remark:
    """附注 below the date, such as who answers questions: in brackets, two characters in."""

    text: str
    template: ClassVar[str] = "documents/_remark.html"


@dataclass(frozen=True)
class Copies:
    """抄送: at the foot of the page on which the text ends. A letter has neither lines nor printing office there."""

    names: Sequence[str]
    template: ClassVar[str] = "documents/_copies.html"

    @property
    def text(self) -> str:
        return f"{'，'.join(self.names)}。"


@dataclass(frozen=True)
class Code:
    """A QR code that leads to `url`, with the words beside it; `path` and `size` are the drawing (`core.qr`)."""

    url: str
    words: str
    size: int
    path: str
    template: ClassVar[str] = "documents/_code.html"


@dataclass(frozen=True)
class Grid:
    """A form without a head: rows of cells in turn label and content; empty cells are filled in by hand.

    `widths` in percent of the table; a row with fewer cells lets its last one reach to the edge; `lines` is the least
    height of a row in lines of the sheet.
    """

    widths: Sequence[int]
    rows: Sequence[Sequence[str]]
    lines: int = 1
    template: ClassVar[str] = "documents/_grid.html"

    @property
    def cells(self) -> list[list[tuple[str, bool, int]]]:
        """Rows of (text, is it a label, columns it takes)."""
        return [
            [(text, at % 2 == 0, len(self.widths) - at if at == len(row) - 1 else 1) for at, text in enumerate(row)]
            for row in self.rows
        ]


@dataclass(frozen=True)
class Contents:
    """目录: `(words, anchor)` with the page each begins on."""

    entries: Sequence[tuple[str, str]]
    title: str = "目　录"
    template: ClassVar[str] = "documents/_contents.html"


@dataclass(frozen=True)
class Index:
    """索引: a word and the anchors it occurs at; printed with their page numbers."""

    title: str
    entries: Sequence[tuple[str, Sequence[str]]]
    template: ClassVar[str] = "documents/_index.html"


@dataclass(frozen=True)
class Cover:
    """A first page of its own: the title in large type, whose it is and of when."""

    title: str
    lines: Sequence[str]
    template: ClassVar[str] = "documents/_cover.html"


@dataclass(frozen=True)
class Letterhead:
    """版头 of a letter (信函格式, GB/T 9704-2012 10.1): issuing body, document number, reply category at the corner."""

    issuer: str
    number: str = ""
    mark: str = ""

    @property
    def type_size(self) -> int:
        """Points: the largest in which the name fits into one line of 170 mm."""
        room = 170 / 25.4 * 72
        return next((size for size in (36, 32, 28, 24, 20) if size * len(self.issuer) <= room), 16)


@dataclass(frozen=True)
class PageBreak:
    """What follows begins on a new page."""

    template: ClassVar[str] = "documents/_page_break.html"


Block = (
    Heading | Paragraph | Table | ProgressTable | Bars | Picture | Attachments | Signature | Remark | Copies | Code
    | Grid | Contents | Index | Cover | PageBreak
)  # fmt: skip


# --- numbering ----------------------------------------------------------------------------------


@dataclass
class _Counters:
    values: list[int] = field(default_factory=lambda: [0, 0, 0, 0])

    def next(self, level: int) -> int:
        self.values[level - 1] += 1
        self.values[level:] = [0] * (4 - level)
        return self.values[level - 1]


def number_headings(blocks: Iterable[Block]) -> list[Block]:
    """The same blocks with 一、 （一） 1. （1） before the headings.

    A number set before stays and is not counted; an empty one keeps a heading without number.
    """
    counters = _Counters()
    return [_numbered(block, counters) for block in blocks]


def _numbered(block: Block, counters: _Counters) -> Block:
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
