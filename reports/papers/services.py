"""Making a document of one record: once for the same contents, by a worker, PDF and Word together."""

from __future__ import annotations

from django.utils import timezone

from accounts.models import User
from audit.services import record
from core import files, jobs
from core.models import Job
from reports.documents import Composition
from reports.models import Paper
from reports.papers import Making, PaperKind, fingerprint, record_for
from reports.printing import as_docx, as_pdf

RENDER = "reports.paper"


def find(kind: PaperKind, pk: int, part: int, found: Composition) -> Paper | None:
    """The file made before of the same contents."""
    return Paper.objects.filter(
        document=kind.key, record_id=pk, part_id=part, fingerprint=fingerprint(found)
    ).first()  # fmt: skip


def request(*, document: str, pk: int, part: int, site: str, by: User) -> Paper | Job:
    """The file if there is one, else the job that makes it. Raises Http404, DomainError."""
    kind, about = record_for(by, document, pk, part)
    found = kind.compose(about, Making(timezone.now(), site, by))
    return find(kind, pk, part, found) or jobs.enqueue(
        RENDER,
        title=found.title.replace("\n", "")[:120],
        owner=by,
        params={"document": document, "pk": pk, "part": part, "site": site, "user_id": by.pk},
        key=f"{RENDER}:{document}:{pk}:{part}:{by.pk}",
    )


def make(*, document: str, pk: int, part: int, site: str, by: User, progress: jobs.Progress) -> jobs.Deliver:
    """The slow part of the job. Raises Http404 when the right has ended, DomainError, MissingGlyph."""
    kind, about = record_for(by, document, pk, part)
    making = Making(timezone.now(), site, by)
    found = kind.compose(about, making)
    printed = as_pdf(found, author=found.author, as_of=making.as_of, on_stage=progress)
    word = as_docx(found, author=found.author, as_of=making.as_of)

    def deliver() -> jobs.JobResult:
        return delivered(kind, pk, part, by, found, printed.data, word)

    return deliver


def delivered(kind: PaperKind, pk: int, part: int, by: User, found: Composition, pdf: bytes,
              word: bytes) -> jobs.JobResult:  # fmt: skip
    """Stores both files in the transaction that ends the job; somebody else may have been faster."""
    paper = find(kind, pk, part, found)
    if paper is None:
        title = found.title.replace("\n", "")[:160]
        name = f"{title}_{timezone.localdate()}"
        paper = Paper.objects.create(
            document=kind.key, record_id=pk, part_id=part, fingerprint=fingerprint(found), title=title, created_by=by,
            pdf=files.store(pdf, name=f"{name}.pdf", extension="pdf", by=by),
            word=files.store(word, name=f"{name}.docx", extension="docx", by=by),
        )  # fmt: skip
        record("paper.make", paper, by=by, detail={"document": kind.key, "record": pk, "sha256": paper.pdf.sha256})
    return jobs.JobResult(file=paper.pdf, url=paper.get_absolute_url(), message="PDF 和 Word 都已生成")
