"""Reads of produced documents."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet
from django.http import Http404
from django.urls import reverse

from core.downloads import LATEST, Download
from core.templatetags.ui import cn_date
from reports import standing
from reports.enums import ManuscriptState
from reports.models import Manuscript, Report


def get_for(user: Any, pk: int) -> Report:
    """The report, or 404 for whoever may not know of it."""
    found = (
        Report.objects.visible_to(user)
        .select_related("office", "file", "word", "workbook", "created_by", "manuscript__corrected_by__report")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise Http404
    return found


def manuscript_for(user: Any, pk: int) -> Manuscript:
    """The manuscript, or 404 for whoever may not know of it."""
    rows = Manuscript.objects.visible_to(user).select_related(
        "office", "created_by", "updated_by", "corrects", "report__file", "report__word", "report__workbook"
    )
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def approved(user: Any) -> QuerySet[Manuscript]:
    """Every approved edition the user may read, newest year first."""
    rows = Manuscript.objects.visible_to(user).filter(state=ManuscriptState.APPROVED)
    return rows.select_related(
        "office", "report__file", "report__word", "report__workbook", "corrected_by"
    ).order_by("-year", "-frozen_at", "-pk")  # fmt: skip


def latest(user: Any) -> list[Download]:
    """The newest reports the user may read, for home pages: approved ones first; one query."""
    rows = standing.in_force(Report.objects.visible_to(user)).select_related("office", "manuscript")
    ordered = rows.order_by(F("manuscript__frozen_at").desc(nulls_last=True), "-created_at", "-pk")
    return [
        Download(
            report.title, reverse("report_file", args=[report.pk]), page_url=report.get_absolute_url(),
            note=f"{made(report)} · {report.pages} 页",
        )
        for report in ordered[:LATEST]
    ]  # fmt: skip


def made(report: Report) -> str:
    """云联〔2026〕3号 · 2026年7月5日签发, or when and as what it was made."""
    if manuscript := standing.manuscript_of(report):
        return " · ".join(part for part in (manuscript.doc_no, f"{cn_date(manuscript.frozen_at)}签发") if part)
    trial = "试打" if standing.of(report) == standing.TRIAL else "生成"
    return f"{cn_date(report.created_at)}{trial}"
