"""Making documents: asked for by a person, composed and printed by a worker, delivered exactly once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from accounts.models import User
from audit.services import record
from core import files, jobs, pdf
from core.models import Job
from organisation.models import Office
from reports.documents import Composition, documents
from reports.models import Report

if TYPE_CHECKING:
    from core.pdf import PdfResult

RENDER = "reports.render"
#: Laying out is told page by page; before it the records are read.
READING = "正在整理数据"


def request_report(*, document: str, office: Office, year: int, by: User) -> Job:
    """Queues the document. A second request while the first is still under way gets the same job."""
    kind = documents.get(document)
    record("report.request", office, by=by, detail={"document": document, "year": year})
    return jobs.enqueue(
        RENDER,
        title=f"{office.short_name}{year}{kind.label}",
        owner=by,
        params={"document": document, "office_id": office.pk, "year": year, "user_id": by.pk},
        key=f"{RENDER}:{document}:{office.pk}:{year}:{by.pk}",
    )


def printed(
    document: str, office: Office, year: int, *, as_of: datetime, on_stage: Callable[[str], None] | None = None
) -> tuple[Composition, PdfResult]:
    """The composed document and its PDF. Reads only. Raises DomainError (nothing to print, MissingGlyph)."""
    composition = documents.get(document).compose(office, year, as_of)
    context = {"blocks": composition.blocks, "office": composition.office, "date": composition.date}
    result = pdf.render(
        composition.template, context,
        title=composition.title, author=office.name, created=as_of, on_stage=on_stage,
    )  # fmt: skip
    return composition, result


def make_report(*, document: str, office: Office, year: int, by: User, progress: jobs.Progress) -> jobs.Deliver:
    """The slow part of the job; what it returns stores the file and its row."""
    as_of = timezone.now()
    progress(READING)
    composition, result = printed(document, office, year, as_of=as_of, on_stage=progress)
    progress("正在保存")

    def deliver() -> jobs.JobResult:
        return delivered(document, office, year, by, as_of, composition, result)

    return deliver


def delivered(document: str, office: Office, year: int, by: User, as_of: datetime, composition: Composition,
              result: PdfResult) -> jobs.JobResult:  # fmt: skip
    """Stores file and row in the transaction that ends the job."""
    name = f"{composition.title}_{timezone.localdate(as_of)}.pdf"
    report = Report.objects.create(
        office=office, document=document, year=year, title=composition.title, as_of=as_of, pages=result.pages,
        figures=plain(composition.figures), created_by=by,
        file=files.store(result.data, name=name, extension="pdf", by=by),
    )  # fmt: skip
    record("report.make", report, by=by, detail={"sha256": report.file.sha256, "pages": report.pages})
    return jobs.JobResult(file=report.file, url=report.get_absolute_url(), message=f"共 {report.pages} 页")


def plain(figures: dict[str, Any]) -> dict[str, Any]:
    """Figures as JSON keeps them: numbers stay numbers, everything else becomes text."""
    return {key: value if isinstance(value, int | float | str) else str(value) for key, value in figures.items()}
