"""Running text: headings, paragraphs with figures, and what stands around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar


@dataclass(frozen=True)
class Figure:
    """A number in running text that comes from records: `key` names the measure, `label` says it in words, `url` is
    the page of exactly those records. `gone`: there are no such records any more; the number is the last one known.
    """

    value: int | float | str
    unit: str = ""
    key: str = ""
    label: str = ""
    url: str = ""
    gone: bool = False

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
    key: str = ""  # see Paragraph
    template: ClassVar[str] = "documents/_heading.html"

    @property
    def tag(self) -> str:
        """h2 to h5: h1 is the document's title."""
        return f"h{self.level + 1}"


@dataclass(frozen=True)
class Paragraph:
    """Running text; `indent=False` for a line that begins at the edge, such as the addressee (主送机关).

    `key` says which passage it is, also when its words change from one composing to the next; without one the first
    figure in it does (`reports.manuscripts.passages`).
    """

    runs: Sequence[Run] | str
    indent: bool = True
    key: str = ""
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
