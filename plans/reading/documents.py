"""From a file to text: .txt in the usual encodings, .docx with its tables and the numbers Word writes by itself."""

from __future__ import annotations

import codecs
import io
from collections import defaultdict
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from core.clock import chinese_number
from core.errors import DomainError
from core.files import MEGABYTE, Policy, check, clean_name

PLAN_TEXT = Policy(("txt", "docx"), 5 * MEGABYTE, "文本文件（txt）和 Word 文档（docx）")
#: Characters of a plan. The longest seen have twenty thousand; beyond this it is no plan.
LONGEST = 200_000
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
UNREADABLE = "“{name}”读不出来，可能已损坏。请在 WPS 或 Word 中打开，另存为 .docx 后再上传，或者直接粘贴文字。"


def text_of(upload: Any) -> str:
    """The text of an uploaded plan. Raises DomainError for a file that cannot be read, with what to do."""
    try:
        extension = check(upload, PLAN_TEXT)
        upload.seek(0)
        text = text_in(upload.read(), upload.name, extension)
    except DomainError as error:
        error.field = "file"
        raise
    return text


def text_in(data: bytes, name: str, extension: str = "") -> str:
    """The text of a file's bytes. Raises DomainError."""
    kind = extension or PurePath(name).suffix.lower().lstrip(".")
    text = of_docx(data, name) if kind == "docx" else decoded(data, name)
    if len(text) > LONGEST:
        raise DomainError(f"文字超过 {LONGEST // 10_000} 万字，不像一份计划。请只保留计划部分再试。")
    return text


def decoded(data: bytes, name: str) -> str:
    """utf-8, with or without its mark, UTF-16 with one, else the Chinese national encoding."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise DomainError(f"“{clean_name(name)}”不是文本文件，请直接粘贴文字，或者另存为 .docx 后上传。")


# --- Word --------------------------------------------------------------------------------------------------------
def of_docx(data: bytes, name: str) -> str:
    """Paragraphs and tables in their order. Cells are parted by tabs, lines inside a cell by full-width spaces."""
    import docx

    try:
        document = docx.Document(io.BytesIO(data))
        return "\n".join(blocks(document))
    except Exception:
        # The parser answers broken parts with nearly every kind of exception.
        raise DomainError(UNREADABLE.format(name=clean_name(name))) from None


def blocks(document: Any) -> Iterator[str]:
    from docx.table import Table

    numbering = Numbering(document)
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield from rows(block)
        else:
            yield numbering.label(block) + block.text


def rows(table: Any) -> Iterator[str]:
    """One line per row; a cell that spans several columns is written once, one that spans rows in the first of them."""
    above: set[Any] = set()
    for row in table.rows:
        cells, here = [], []
        for cell in row.cells:
            if cell._tc in here:
                continue
            here.append(cell._tc)
            text = "" if cell._tc in above else "\u3000".join(p.text.strip() for p in cell.paragraphs if p.text.strip())
            cells.append(text.replace("\t", " ").replace("\n", "\u3000"))
        above |= set(here)
        yield "\t".join(cells) if len(cells) > 1 else "".join(cells)


def circled(number: int) -> str:
    return chr(0x2460 + number - 1) if number <= 20 else str(number)


CHINESE_FORMATS = (
    "chineseCounting chineseCountingThousand chineseLegalSimplified taiwaneseCountingThousand japaneseCounting"
    " ideographDigital"
)
#: Word's name of a number format → how a number is written in it; decimal for all others.
FORMATS = {
    **dict.fromkeys(CHINESE_FORMATS.split(), chinese_number),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), circled),
}


class Numbering:
    """Numbers that Word draws in front of paragraphs; they are no characters of the text."""

    def __init__(self, document: Any) -> None:
        self.levels = levels_of(document)
        self.counts: dict[tuple[str, int], int] = defaultdict(int)

    def label(self, paragraph: Any) -> str:
        place = numbered(paragraph)
        if place is None or place not in self.levels:
            return ""
        key, level = place
        kind, pattern, start = self.levels[place]
        if kind in {"bullet", "none"}:
            return "· " if kind == "bullet" else ""
        self.counts[place] = self.counts.get(place, start - 1) + 1
        for deeper in range(level + 1, 9):
            self.counts.pop((key, deeper), None)
        return self.filled(pattern, key)

    def filled(self, pattern: str, key: str) -> str:
        for level in range(9):
            if f"%{level + 1}" in pattern and (key, level) in self.levels:
                kind, _, start = self.levels[key, level]
                number = max(self.counts.get((key, level), start), 1)
                pattern = pattern.replace(f"%{level + 1}", FORMATS.get(kind, str)(number))
        return pattern


def numbered(paragraph: Any) -> tuple[str, int] | None:
    """(list, level) of a paragraph, from itself or from its style."""
    sources = [paragraph._p.pPr, *style_properties(paragraph.style)]
    for properties in sources:
        found = properties.numPr if properties is not None else None
        if found is not None and found.numId is not None:
            return str(found.numId.val), int(found.ilvl.val) if found.ilvl is not None else 0
    return None


def style_properties(style: Any) -> Iterator[Any]:
    for _ in range(8):
        if style is None:
            return
        yield style.element.pPr
        style = style.base_style


def levels_of(document: Any) -> dict[tuple[str, int], tuple[str, str, int]]:
    """(list, level) → (format, pattern, first number)."""
    from docx.oxml.ns import qn

    try:
        root = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return {}
    abstract = {each.get(qn("w:abstractNumId")): each for each in root.findall(qn("w:abstractNum"))}
    found = {}
    for each in root.findall(qn("w:num")):
        definition = abstract.get(each.find(qn("w:abstractNumId")).get(qn("w:val")))
        for level in definition.findall(qn("w:lvl")) if definition is not None else ():
            values = [level.find(qn(f"w:{name}")) for name in ("numFmt", "lvlText", "start")]
            kind, pattern, start = (node.get(qn("w:val"), "") if node is not None else "" for node in values)
            place = each.get(qn("w:numId")), int(level.get(qn("w:ilvl"), "0"))
            found[place] = (kind or "decimal", pattern, int(start) if start.isdecimal() else 1)
    return found
