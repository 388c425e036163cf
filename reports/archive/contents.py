"""What belongs into the package of a year, in its order. Reads rows only, no files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from activities.enums import COUNTED
from activities.models import Activity
from activities.models.activity import held_by
from core.clock import Span
from core.errors import DomainError
from core.models import StoredFile
from organisation.models import Office
from organisation.selectors import code_labels, descend
from reports.archive import names, papers
from reports.documents import documents
from reports.enums import ManuscriptState
from reports.models import Manuscript, Report

APPROVED, OTHERS, LETTERS = "01_已签发文件", "02_计划和其他报告", "03_提案文书"
SHEETS, MATERIALS = "04_活动文书", "05_活动材料和照片"


@dataclass(frozen=True)
class Entry:
    """One file of the package. `pages` 0: unknown."""

    path: str
    title: str
    file: StoredFile
    day: date
    doc_no: str = ""
    pages: int = 0


@dataclass(frozen=True)
class Piece:
    """One document before it has a place: its files in every format."""

    folder: str
    title: str
    files: list[StoredFile]
    made: datetime
    doc_no: str = ""
    pages: int = 0


def entries(office: Office, year: int, *, with_activities: bool = False) -> list[Entry]:
    """Every file of the year, sorted by path. Raises DomainError when there is none, or one is still being made."""
    found = [entry for piece in numbered(pieces(office, year, with_activities=with_activities)) for entry in piece]
    if not found:
        raise DomainError(f"{office.short_name}{year}年还没有可以归档的文件，请先生成或签发文件。")
    return sorted(found, key=lambda entry: entry.path)


def pieces(office: Office, year: int, *, with_activities: bool) -> Iterator[Piece]:
    yield from approved(office, year)
    yield from others(office, year)
    yield from (letter(LETTERS, *each) for each in papers.of_year(office, year))
    yield from (letter(SHEETS, *each) for each in papers.of_held(office, year))
    if with_activities:
        yield from materials(office, year)


def numbered(found: Iterable[Piece]) -> Iterator[list[Entry]]:
    counting = names.Numbering()
    for piece in found:
        stem = counting.name(piece.folder, f"{piece.doc_no}_{piece.title}" if piece.doc_no else piece.title)
        day = timezone.localdate(piece.made)
        yield [Entry(f"{stem}.{ending(file)}", piece.title, file, day, piece.doc_no, piece.pages if not at else 0)
               for at, file in enumerate(piece.files)]  # fmt: skip


def ending(file: StoredFile) -> str:
    return file.storage_name.rpartition(".")[2]


def without_files(office: Office, year: int) -> list[Manuscript]:
    """Approved documents whose files were never made, or failed."""
    return list(Manuscript.objects.filter(office=office, year=year, state=ManuscriptState.APPROVED, report=None))


# --- made by this app ------------------------------------------------------------------------------------------------
def approved(office: Office, year: int) -> Iterator[Piece]:
    """Every edition, also those that were corrected later: they were issued."""
    rows = Manuscript.objects.filter(office=office, year=year, state=ManuscriptState.APPROVED)
    for each in rows.select_related("report__file", "report__word", "report__workbook").order_by("frozen_at", "pk"):
        if each.report is None:
            raise DomainError(f"《{each.title}》已签发，文件还在生成，请稍后重试。")
        edition = f"（第{each.edition}版）" if each.edition > 1 else ""
        yield of_report(APPROVED, each.report, f"{each.title}{edition}", each.frozen_at, each.doc_no)


def others(office: Office, year: int) -> Iterator[Piece]:
    """The newest of each document nobody signs: plans, volumes, statistics. Trial prints of others stay out."""
    kinds = [each.key for each in documents if not each.owned and not each.private]
    rows = Report.objects.filter(office=office, year=year, document__in=kinds, manuscript=None)
    taken = set()
    found = []
    for each in rows.select_related("file", "word", "workbook").order_by("-created_at", "-pk"):
        said = (each.document, each.part, each.title)
        if said not in taken:
            taken.add(said)
            found.append(each)
    found.sort(key=lambda each: (kinds.index(each.document), each.part, each.title))
    return (of_report(OTHERS, each, each.title, each.created_at) for each in found)


def of_report(folder: str, report: Report, title: str, made: datetime, doc_no: str = "") -> Piece:
    files = [each for each in (report.file, report.word, report.workbook) if each is not None]
    return Piece(folder, title, files, made, doc_no, report.pages)


def letter(folder: str, label: str, paper: papers.Paper) -> Piece:
    return Piece(f"{folder}/{names.safe(label)}", paper.title, [paper.pdf, paper.word], paper.created_at)


# --- of activities ---------------------------------------------------------------------------------------------------
def materials(office: Office, year: int) -> Iterator[Piece]:
    """Materials and photos of the activities that took place, one folder each."""
    rows = Activity.objects.filter(held_by(descend(office.pk)), state__in=COUNTED).within(Span.year(year))
    labels = code_labels("material_kind")
    for each in rows.prefetch_related("materials__file", "photos__file").order_by("starts_at", "pk"):
        folder = f"{MATERIALS}/{names.safe(f'{timezone.localdate(each.starts_at)} {each.title}')}"
        for row in each.materials.all():
            kind = labels.get(row.kind, "")
            yield Piece(folder, f"{kind}_{row.title}" if kind else row.title, [row.file], row.created_at)
        for photo in each.photos.all():
            yield Piece(folder, f"照片_{photo.caption}" if photo.caption else "照片", [photo.file], photo.created_at)
