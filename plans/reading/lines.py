"""From raw text to paragraphs: widths made uniform, broken lines mended, every character still knows its place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from plans.reading.marks import begins_block, heading_like, without_bullet
from plans.reading.results import Span

#: One character each way, so that places stay: full-width letters and digits, and punctuation as Chinese text has it.
WIDTHS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
MARKS = str.maketrans(",;:()?!", "，；：（）？！")
ODD = str.maketrans({
    **dict.fromkeys("～~—–―‐－─", "-"), "〔": "（", "〕": "）", "○": "〇", "﹑": "、", "｡": "。", "•": "·", "●": "·",
    "\u00a0": " ", "｜": "|",
})  # fmt: skip
ENDS = re.compile(r"\r\n|[\r\v\f\u0085\u2028\u2029\n]")
TERMINAL = "。！？；：…”』」）】》|"
CJK = re.compile(r"[\u3400-\u9fff〇、，。；：？！（）“”‘’《》【】…·%]")
GAP = re.compile(r"(?<=\S) {2,}(?=\S)")
SHORT, LONG = 15, 20


@dataclass(frozen=True)
class Paragraph:
    """`text` keeps the source's characters, `norm` has the same length and the widths the rules expect."""

    text: str
    norm: str
    offsets: tuple[int, ...]

    @property
    def span(self) -> Span:
        return Span(self.offsets[0], self.offsets[-1] + 1)

    def as_written(self, source: str) -> str:
        """Its words with their spaces; where lines were joined, without the break."""
        raw = source[self.span.start : self.span.end]
        return self.text if ENDS.search(raw) else raw.strip()

    def place(self, start: int, end: int) -> Span:
        """Where characters of this paragraph stand in the source."""
        last = max(start, min(end, len(self.offsets)) - 1)
        return Span(self.offsets[start], self.offsets[last] + 1)

    def cut(self, start: int, end: int | None = None) -> Paragraph:
        return Paragraph(self.text[start:end], self.norm[start:end], self.offsets[start:end])

    def __add__(self, other: Paragraph) -> Paragraph:
        return Paragraph(self.text + other.text, self.norm + other.norm, self.offsets + other.offsets)


#: A title a scanner broke inside its last word: 二〇二六年工 / 作计划.
TITLE_BROKEN = re.compile(r"[^，。；：、]{8,40}(?:工|活|活动|要|计|安|工作|重|重点|[年度动作点])")
TITLE_REST = re.compile(r"(?:作|动|工作|活动|度|点)*(?:计划|要点|安排|划|点|排|方案|思路)(?:表)?")


@dataclass(frozen=True)
class Line:
    body: Paragraph
    indented: bool
    after_blank: bool


def normal(text: str) -> str:
    """The same number of characters: full width becomes half width, ASCII punctuation Chinese, dashes one dash."""
    narrow = text.translate(ODD).translate(WIDTHS).translate(MARKS)
    return re.sub(r"(?<=\d)，(?=\d{3}(?!\d))", ",", narrow).translate({ord("~"): "-"})


def paragraphs(source: str) -> list[Paragraph]:
    """The paragraphs of the text in their order; together they hold every character that is no white space."""
    rows = list(lines(source))
    width = wrap_width(rows)
    indents = sum(row.indented for row in rows) > 1
    done: list[Paragraph] = []
    if len(rows) > 1 and TITLE_BROKEN.fullmatch(rows[0].body.norm) and TITLE_REST.fullmatch(rows[1].body.norm):
        rows[0:2] = [replace(rows[0], body=rows[0].body + rows[1].body)]
    for number, row in enumerate(rows):
        if done and continues(rows[number - 1], row, width, indents):
            done[-1] = done[-1] + row.body
        else:
            done.append(row.body)
    return done


def lines(source: str) -> Iterator[Line]:
    start, blank = 0, False
    for match in [*ENDS.finditer(source), None]:
        end = match.start() if match else len(source)
        raw = source[start:end]
        body = squeezed(raw, start)
        if body is not None:
            yield Line(body, raw[:1] in (" ", "\t", "\u3000"), blank)
        blank = body is None
        start = match.end() if match else end


def squeezed(raw: str, start: int) -> Paragraph | None:
    """The line without outer spaces and without spaces inside Chinese text; gaps of a table become tabs."""
    norm = normal(raw)
    flat = norm.replace("\u3000", " ")
    table = "\t" in norm.strip() or norm.count("|") > 1 or len(GAP.findall(flat.strip())) > 1
    gaps = {place for gap in GAP.finditer(flat) for place in range(*gap.span())} if table else set()
    kept: list[tuple[str, str, int]] = []
    for place, char in enumerate(norm):
        if char == "\t" and table:
            kept.append((raw[place], "\t", start + place))
        elif place in gaps:
            if kept and kept[-1][1] != "\t":
                kept.append((raw[place], "\t", start + place))
        elif table and raw[place] == "\u3000" and kept:
            kept.append((raw[place], "\u3000", start + place))
        elif not char.isspace() and char != "\ufeff":
            kept.append((raw[place], char, start + place))
        elif kept and needs_space(norm, place):
            kept.append((raw[place], " ", start + place))
    while kept and kept[-1][1].isspace():
        kept.pop()
    if not kept:
        return None
    text, normed, offsets = zip(*kept, strict=True)
    return Paragraph("".join(text), "".join(normed), offsets)


def needs_space(norm: str, place: int) -> bool:
    """A space counts between letters or digits of other scripts only."""
    before, after = norm[:place].rstrip()[-1:], norm[place + 1 : place + 2]
    return bool(after.strip()) and bool(before) and not CJK.match(before) and not CJK.match(after)


def wrap_width(rows: list[Line]) -> int:
    """The width at which the text was broken by hand or by a scanner; 0 when it was not."""
    sizes = [len(row.body.norm) for row in rows if len(row.body.norm) >= SHORT]
    if len(sizes) < 4:
        return 0
    mode, _ = Counter(sizes).most_common(1)[0]
    if sum(1 for size in sizes if size > mode + 4) > 0.1 * len(sizes):
        return 0
    broken = sum(1 for row, after in pairwise(rows) if breaks_off(row, after, mode))
    return mode if broken >= 3 and broken >= 0.25 * len(sizes) else 0


def breaks_off(row: Line, after: Line, width: int) -> bool:
    """A line of the usual width without an end of its own."""
    norm = row.body.norm
    return abs(len(norm) - width) <= 2 and norm[-1] not in TERMINAL and not heading_like(norm) and not after.after_blank


def continues(row: Line, after: Line, width: int, indents: bool) -> bool:
    """Whether a line goes on in the next one."""
    one, two = row.body.norm, after.body.norm
    if begins_block(two) or "\t" in one or "\t" in two or "|" in one[:1]:
        return False
    if one[-1] in "、，" or (one[-1] == "月" and two[0] in "上中下份"):
        return not (indents and after.indented)
    if width and len(one) >= width - 3 and not after.after_blank:
        return not (indents and after.indented) and not (one[-1] in "。：" and not indents)
    return unfinished(one, two)


def unfinished(one: str, two: str) -> bool:
    """A long line that breaks off inside a sentence."""
    bare = without_bullet(one)
    if one[-1] in TERMINAL or heading_like(bare) or len(bare) < SHORT:
        return False
    inside = any(mark in bare for mark in "。，；")
    return inside or (len(bare) > 2 * LONG and not heading_like(two))
