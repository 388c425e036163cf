"""The files of a manuscript: a trial print of a draft, and the ones that stay once it is approved."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from audit.services import record
from core import files, jobs
from core.clock import chinese_date
from core.pdf.blocks import Block, Column, Heading, PageBreak, Paragraph, Table
from reports.documents import Composition
from reports.manuscripts import differences, printing
from reports.models import Manuscript, Report
from reports.printing import DOCX, PDF, XLSX, as_docx, as_pdf, as_xlsx, tables

PREVIEW, FREEZE = "reports.preview", "reports.freeze"


def request_preview(*, manuscript: Manuscript, by: Any) -> jobs.Job:
    """A trial print of the text as it stands, made by a worker."""
    return jobs.enqueue(
        PREVIEW, title=f"{manuscript.title}（试打）"[:120], owner=by,
        params={"pk": manuscript.pk, "user_id": by.pk}, key=f"{PREVIEW}:{manuscript.pk}:{by.pk}",
    )  # fmt: skip


def make_preview(*, manuscript: Manuscript, by: Any, progress: jobs.Progress) -> jobs.Deliver:
    """Raises MissingGlyph."""
    found = composed(manuscript)
    result = as_pdf(found, author=manuscript.office.name, as_of=manuscript.as_of, on_stage=progress)
    name = f"{manuscript.title}_试打_第{manuscript.version}稿.pdf"

    def deliver() -> jobs.JobResult:
        stored = files.store(result.data, name=name, extension=PDF, by=by)
        return jobs.JobResult(file=stored, url=manuscript.get_absolute_url(), message=f"试打稿共 {result.pages} 页")

    return deliver


def make_files(*, manuscript: Manuscript, by: Any, progress: jobs.Progress) -> jobs.Deliver:
    """PDF, Word and, where there are tables, Excel of an approved manuscript, from what was frozen and nothing else:
    the same manuscript gives the same bytes whenever they are made. Raises MissingGlyph.
    """
    found, as_of, author = composed(manuscript), manuscript.as_of, manuscript.office.name
    result = as_pdf(found, author=author, as_of=as_of, on_stage=progress)
    progress("正在生成 Word 和 Excel")
    made = {PDF: result.data, DOCX: as_docx(found, author=author, as_of=as_of)}
    if tables(found):
        made[XLSX] = as_xlsx(found, as_of=as_of)

    def deliver() -> jobs.JobResult:
        report = stored(manuscript, made, result.pages, found, by)
        return jobs.JobResult(file=report.file, url=manuscript.get_absolute_url(), message=f"共 {report.pages} 页")

    return deliver


def stored(manuscript: Manuscript, made: dict[str, bytes], pages: int, found: Composition, by: Any) -> Report:
    """In the transaction that ends the job; made once however often it was asked for."""
    locked = Manuscript.objects.select_for_update(of=("self",)).get(pk=manuscript.pk)
    if locked.report is not None:
        return locked.report
    name = f"{locked.title}_{locked.doc_no}"
    kept = {form: files.store(data, name=f"{name}.{form}", extension=form, by=by) for form, data in made.items()}
    locked.report = Report.objects.create(
        office_id=locked.office_id, document=locked.document, year=locked.year, part=locked.part, title=locked.title,
        as_of=locked.as_of, pages=pages, figures=found.figures, created_by=by,
        file=kept[PDF], word=kept[DOCX], workbook=kept.get(XLSX),
    )  # fmt: skip
    locked.save(update_fields=["report"])
    record("report.make", locked.report, by=by, detail={"sha256": locked.report.file.sha256, "doc_no": locked.doc_no})
    return locked.report


# --- an erratum says what it corrects --------------------------------------------------------------------------------
def composed(manuscript: Manuscript) -> Composition:
    """As printed; a correction ends with what it corrects."""
    found = printing.composition(manuscript)
    found.archival = manuscript.is_frozen
    found.add(*erratum(manuscript), *printing.colophon(manuscript))
    return found


def erratum(manuscript: Manuscript) -> list[Block]:
    """更正说明 on a page of its own: of which document, why, and each passage before and after."""
    older = manuscript.corrects
    if older is None:
        return []
    issued = chinese_date(timezone.localdate(older.frozen_at)) if older.frozen_at else ""
    rows = [(number, each.label, each.before, each.after)
            for number, each in enumerate(differences.between(older, manuscript), 1)]  # fmt: skip
    columns = [Column("序号", 8, "center"), Column("位置", 20), Column("原文", 36), Column("更正为", 36)]
    said = (
        f"本文是对{issued}签发的《{older.title}》（{older.doc_no}）的更正。更正原因：{manuscript.reason.rstrip('。')}。"
    )
    table: list[Block] = [Table(columns, rows, "更正内容对照表")] if rows else [Paragraph("正文文字没有变化。")]
    return [PageBreak(), Heading(1, "更正说明", number=""), Paragraph(said), *table]
