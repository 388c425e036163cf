"""Reads of produced documents."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse

from core.downloads import LATEST, Download
from core.templatetags.ui import cn_date
from reports.models import Manuscript, Report


def get_for(user: Any, pk: int) -> Report:
    """The report, or 404 for whoever may not know of it."""
    found = (
        Report.objects.visible_to(user)
        .select_related("office", "file", "word", "workbook", "created_by")
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


def latest(user: Any) -> list[Download]:
    """The newest reports the user may read, for home pages; one query."""
    reports = Report.objects.visible_to(user).select_related("office")[:LATEST]
    return [
        Download(
            report.title, reverse("report_file", args=[report.pk]), page_url=report.get_absolute_url(),
            note=f"{cn_date(report.created_at)}生成 · {report.pages} 页",
        )
        for report in reports
    ]  # fmt: skip
