"""One sample document, rendered once, measured by many tests."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from core import pdf

CREATED = datetime(2026, 3, 5, 8, 30, tzinfo=UTC)


def make(blocks, **options) -> pdf.PdfResult:
    """A composed document with a fixed date."""
    context = {"blocks": blocks, **options.pop("context", {})}
    options = {"title": "年度工作总结", "created": CREATED, **options}
    return pdf.render("documents/composed.html", context, **options)


@pytest.fixture(autouse=True)
def no_media():
    """Each test sets its own resolver."""
    before, pdf.media_resolver = pdf.media_resolver, None
    yield
    pdf.media_resolver = before
