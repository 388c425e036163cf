"""目录 of a package: on paper, and as a workbook to be sorted and searched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from django.utils import timezone

from core import spreadsheet
from core.clock import chinese_date
from core.pdf.blocks import Column, Paragraph, Table
from core.spreadsheet import Sheet
from organisation.models import Office
from reports.archive.contents import Entry
from reports.documents import Composition
from reports.printing import LANDSCAPE, as_pdf

HEAD = ["序号", "标题", "文号", "日期", "页数", "文件", "大小（字节）", "SHA-256"]
EXPLAINED = (
    "本目录列出归档包内的全部文件。SHA256SUMS.txt 是各文件的校验码，"
    "在解压后的文件夹里执行 sha256sum -c SHA256SUMS.txt，可以核对文件是否完整、未被改动。"
)


def title(office: Office, year: int) -> str:
    return f"{office.name}{year}年归档目录"


def as_of(entries: Sequence[Entry]) -> datetime:
    """The newest file: the same files give the same index, whenever it is made."""
    return max(each.file.created_at for each in entries)


def pdf(office: Office, year: int, entries: Sequence[Entry], on_stage: Callable[[str], None] | None = None) -> bytes:
    moment = as_of(entries)
    found = Composition(title(office, year), office.name, template=LANDSCAPE)
    found.date = f"截至{chinese_date(timezone.localdate(moment))}，共{len(entries)}个文件"
    found.add(Paragraph(EXPLAINED), table(entries))
    return as_pdf(found, author=office.name, as_of=moment, on_stage=on_stage).data


def table(entries: Sequence[Entry]) -> Table:
    """A document in several formats says its title once."""
    columns = [Column("序号", 5, "center"), Column("标题", 20), Column("文号", 11), Column("日期", 11, "center"),
               Column("页数", 5, "right"), Column("文件", 29), Column("SHA-256", 19)]  # fmt: skip
    rows, before = [], ""
    for number, each in enumerate(entries, 1):
        stem = each.path.rpartition(".")[0]
        facts = ("", "", "") if stem == before else (each.title, each.doc_no, each.day.isoformat())
        rows.append((number, *facts, each.pages or "", each.path, folded(each.file.sha256)))
        before = stem
    return Table(columns, rows, wide=True)


def folded(digest: str) -> str:
    """64 characters in four lines of a narrow column."""
    return "\n".join(digest[at : at + 16] for at in range(0, len(digest), 16))


def xlsx(office: Office, year: int, entries: Sequence[Entry]) -> bytes:
    rows = [
        (number, each.title, each.doc_no, each.day, each.pages or None, each.path, each.file.size, each.file.sha256)
        for number, each in enumerate(entries, 1)
    ]
    return spreadsheet.sheets([Sheet(f"{year}年归档目录", HEAD, rows)], created=as_of(entries))
