"""Blocks to a .docx file."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH

from core.docx import fonts, sheet
from core.docx.heads import HEADS
from core.docx.writers import WRITERS, Page
from core.errors import DomainError
from core.pdf.blocks import Block, Head, SheetHead
from core.pdf.titles import title_lines

EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment a zip file knows
FONT_TABLE = "/word/fontTable.xml"
CONTROL_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ufffe\uffff]")


def render(
    blocks: Sequence[Block],
    *,
    title: str,
    office: str = "",
    date: str = "",
    head: Head | None = None,
    with_title: bool = True,
    wide: bool = False,
    author: str = "",
    created: datetime,
) -> bytes:
    """The Word file of a document; the arguments are those of the PDF. Raises DomainError for a block Word cannot
    hold (the year on one sheet).
    """
    document = Document()
    sheet.prepare(document, wide=wide)
    sheet.number_pages(document.sections[0])
    describe(document, title=title, author=author, created=created)
    page = Page(document)
    if head:
        HEADS[type(head)](document, clean(head))
    if with_title and not isinstance(head, SheetHead):  # which has it on every page
        put_title(page, clean(title), office, date)
    for block in clean(list(blocks)):
        writer = WRITERS.get(type(block))
        if writer is None:
            raise DomainError("这份文件只能生成 PDF，不能生成 Word。")
        writer(page, block)
    return repacked(document)


def put_title(page: Page, title: str, office: str, date: str) -> None:
    made = page.add("Title")
    lines = title_lines(title)
    for number, line in enumerate(lines, 1):
        run = made.add_run(line)
        if number < len(lines):
            run.add_break()
    if office:
        page.paragraph()
    for text in (office, f"（{date}）" if date else ""):
        if text:
            page.paragraph(text, "kai").alignment = WD_ALIGN_PARAGRAPH.CENTER
    page.paragraph()


def describe(document: Any, *, title: str, author: str, created: datetime) -> None:
    moment = created.astimezone(UTC).replace(tzinfo=None) if created.tzinfo else created
    facts = document.core_properties
    facts.title, facts.author, facts.last_modified_by, facts.language = title.replace("\n", ""), author, author, "zh-CN"
    facts.created = facts.modified = moment
    facts.comments = ""
    for part in document.part.package.iter_parts():
        if str(part.partname) == FONT_TABLE:
            part._blob = fonts.table()


def clean(value: Any) -> Any:
    """The same blocks without characters that XML forbids or no font can print."""
    if isinstance(value, str):
        return CONTROL_CHARACTERS.sub("", value)
    if isinstance(value, list | tuple):
        return type(value)(clean(each) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{each.name: clean(getattr(value, each.name)) for each in fields(value)})
    return value


def repacked(document: Any) -> bytes:
    """The file without the clock of this machine in it: the same document gives the same bytes."""
    draft, made = io.BytesIO(), io.BytesIO()
    document.save(draft)
    with zipfile.ZipFile(draft) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return made.getvalue()
