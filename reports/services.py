"""Making documents: asked for by a person, composed and printed by a worker, delivered exactly once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from accounts.models import User
from audit.services import record
from core import files, jobs
from core.errors import DomainError
from core.models import Job
from core.pdf.chapters.cutting import size
from organisation.models import Office
from reports import permissions
from reports.documents import Composition, documents
from reports.models import Report
from reports.printing import DOCX, ONLY_PDF, PDF, XLSX, as_pdf, in_format, tables

if TYPE_CHECKING:
    from core.pdf import PdfResult

RENDER = "reports.render"
#: Laying out is told page by page; before it the records are read.
READING = "正在整理数据"


def request_report(*, document: str, office: Office, year: int, by: User, part: str = "",
                   ids: Sequence[int] | None = None) -> Job:  # fmt: skip
    """Queues the document, of a part of the year, or of the records `ids`: the caller has found them visible to the
    person. Raises Denied.

    A second request while the first is still under way gets the same job.
    """
    kind = documents.get(document)
    permissions.can_make_kind(by, office, kind).require()
    asked = {"document": document, "year": year, "part": part, "chosen": len(ids or ())}
    record("report.request", office, by=by, detail=asked)
    return jobs.enqueue(
        RENDER,
        title=titled(office, year, f"{kind.part_label(part)}{kind.label}"),
        owner=by,
        params={"document": document, "office_id": office.pk, "year": year, "user_id": by.pk,
                **({"part": part} if part else {}), **({"ids": list(ids)} if ids is not None else {})},
        key=f"{RENDER}:{document}:{part}:{office.pk}:{year}:{by.pk}{digest(ids)}",
    )  # fmt: skip


def titled(office: Office, year: int, words: str) -> str:
    """清溪镇2026年工作统计: with one 年."""
    return f"{office.short_name}{year}{'' if words.startswith('年') else '年'}{words}"


def digest(ids: Sequence[int] | None) -> str:
    """Tells choices apart in a job's key."""
    return f":{hashlib.sha256(repr(list(ids)).encode()).hexdigest()[:16]}" if ids is not None else ""


def composed(
    document: str, office: Office, year: int, as_of: datetime, part: str = "", ids: Sequence[int] | None = None
) -> Composition:
    """Of the year, a part of it, or of what was chosen. Raises DomainError."""
    kind = documents.get(document)
    if ids is None:
        return kind.of(office, year, as_of, part)
    if kind.compose_chosen is None:
        raise DomainError("这份文件不能按选中的记录生成。")
    return kind.compose_chosen(office, ids, as_of)


def printed(
    document: str, office: Office, year: int, *, as_of: datetime, on_stage: Callable[[str], None] | None = None
) -> tuple[Composition, PdfResult]:
    """The composed document and its PDF. Reads only. Raises DomainError (nothing to print, MissingGlyph)."""
    found = composed(document, office, year, as_of)
    return found, as_pdf(found, author=office.name, as_of=as_of, on_stage=on_stage)


def make_report(*, document: str, office: Office, year: int, by: User, progress: jobs.Progress, part: str = "",
                ids: Sequence[int] | None = None) -> jobs.Deliver:  # fmt: skip
    """The slow part of the job; what it returns stores the files and their row."""
    as_of = timezone.now()
    progress(READING)
    found = composed(document, office, year, as_of, part, ids)
    progress.measured(size(found.blocks))
    result = as_pdf(found, author=office.name, as_of=as_of, on_stage=progress)
    progress("正在生成 Word 和 Excel")
    others = other_formats(found, office, as_of)
    progress("正在保存")

    def deliver() -> jobs.JobResult:
        return delivered(document, office, year, part, by, as_of, found, result, others)

    return deliver


def available(found: Composition) -> list[str]:
    """The formats the document can be made in: Word where the sheet allows it, Excel where there is a table."""
    word = [] if found.template in ONLY_PDF else [DOCX]
    return [PDF, *word, *([XLSX] if tables(found) else [])]


def other_formats(found: Composition, office: Office, as_of: datetime) -> dict[str, bytes]:
    return {form: in_format(form, found, author=office.name, as_of=as_of) for form in available(found) if form != PDF}


def delivered(document: str, office: Office, year: int, part: str, by: User, as_of: datetime, found: Composition,
              result: PdfResult, others: dict[str, bytes]) -> jobs.JobResult:  # fmt: skip
    """Stores files and row in the transaction that ends the job."""
    title = found.title.replace("\n", "")[:160]
    stored = {form: files.store(data, name=f"{title}_{timezone.localdate(as_of)}.{form}", extension=form, by=by)
              for form, data in {PDF: result.data, **others}.items()}  # fmt: skip
    report = Report.objects.create(
        office=office, document=document, year=year, part=part, title=title, as_of=as_of, pages=result.pages,
        figures=plain(found.figures), created_by=by,
        file=stored[PDF], word=stored.get(DOCX), workbook=stored.get(XLSX),
    )  # fmt: skip
    record("report.make", report, by=by, detail={"sha256": report.file.sha256, "pages": report.pages})
    return jobs.JobResult(file=report.file, url=report.get_absolute_url(), message=f"共 {report.pages} 页")


def plain(figures: dict[str, Any]) -> dict[str, Any]:
    """Figures as JSON keeps them: numbers stay numbers, everything else becomes text."""
    return {key: value if isinstance(value, int | float | str) else str(value) for key, value in figures.items()}
