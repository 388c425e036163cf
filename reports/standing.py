"""How a produced document stands: approved with its number, a trial print of one that is to be approved, or one that
is made from the records and signed by nobody.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from reports.documents import documents
from reports.enums import ManuscriptState
from reports.models import Manuscript, Report

APPROVED, TRIAL, PLAIN = "approved", "trial", "plain"
LABELS = {APPROVED: "已签发", TRIAL: "试打", PLAIN: "按记录生成"}
TONES = {APPROVED: "success", TRIAL: "warning", PLAIN: "neutral"}


def manuscript_of(report: Report) -> Manuscript | None:
    """The approved manuscript whose file it is."""
    return getattr(report, "manuscript", None)


def of(report: Report) -> str:
    if manuscript_of(report):
        return APPROVED
    kind = documents.find(report.document)
    return TRIAL if kind and kind.owned else PLAIN


def words(report: Report) -> str:
    """已签发，云联〔2026〕3号."""
    manuscript = manuscript_of(report)
    number = f"，{manuscript.doc_no}" if manuscript and manuscript.doc_no else ""
    return f"{LABELS[of(report)]}{number}"


def narrowed(rows: QuerySet[Report], standing: str) -> QuerySet[Report]:
    owned = [each.key for each in documents if each.owned]
    if standing == APPROVED:
        return rows.filter(manuscript__isnull=False)
    unsigned = rows.filter(manuscript__isnull=True)
    return unsigned.filter(document__in=owned) if standing == TRIAL else unsigned.exclude(document__in=owned)


def replaced_by(manuscript: Manuscript) -> Manuscript | None:
    """The approved edition that corrects this one. The row comes with `corrected_by`."""
    later = getattr(manuscript, "corrected_by", None)
    return later if later and later.state == ManuscriptState.APPROVED else None


def edition(manuscript: Manuscript) -> str:
    """第1版，已由第2版更正."""
    later = replaced_by(manuscript)
    return f"第{manuscript.edition}版{f'，已由第{later.edition}版更正' if later else ''}"


def in_force(rows: QuerySet[Report]) -> QuerySet[Report]:
    """Without editions that were corrected and without trial prints of what has been approved since."""
    approved = Manuscript.objects.filter(
        state=ManuscriptState.APPROVED, office=OuterRef("office"), document=OuterRef("document"),
        year=OuterRef("year"), part=OuterRef("part"),
    )  # fmt: skip
    corrected = Q(manuscript__corrected_by__state=ManuscriptState.APPROVED)
    return rows.exclude(corrected).exclude(Q(manuscript__isnull=True) & Exists(approved))


def page_of(manuscript: Manuscript) -> str | None:
    return manuscript.report.get_absolute_url() if manuscript.report else None
