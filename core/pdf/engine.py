"""Template to PDF: HTML by Django, layout by WeasyPrint, a glyph check at the end."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from weasyprint.document import Document

from core.pdf import fonts, lean, typesetting
from core.pdf.fetcher import ClosedFetcher
from core.pdf.glyphs import require_all_glyphs
from core.pdf.html import document_html
from core.pdf.lastpage import settled
from core.pdf.progress import pages_told_to, tell_pages
from core.pdf.result import LANGUAGE, PdfResult

ARCHIVAL = "pdf/a-2u"
STAGES = ("整理内容", "排版", "生成文件", "检查字形")


def render(
    template: str,
    context: dict[str, Any],
    *,
    title: str,
    author: str = "",
    created: datetime,
    on_stage: Callable[[str], None] | None = None,
    tagged: bool = True,
    archival: bool = False,
) -> PdfResult:
    """Make the PDF of a template that extends documents/base.html.

    `created` is the date written into the file: pass the date of the data, never the clock, so that the same
    data gives the same bytes. `on_stage` is called with each of STAGES as it begins, and with "排版（第n页）"
    about once a second. `tagged` adds the structure tree for screen readers; `archival` says and keeps
    to PDF/A-2u (ISO 19005-2), see ADR 0016. Raises MissingGlyph when a
    character has no glyph in any font, and whatever the template raises.
    """
    announce = on_stage or _silent
    announce(STAGES[0])
    html = document_html(template, context, title)
    fetcher = ClosedFetcher()
    announce(STAGES[1])
    with pages_told_to(announce, STAGES[1]):
        document = _lay_out(html, fetcher)
        if (again := settled(html, document.pages)) != html:
            document = _lay_out(again, fetcher)
    _describe(document, title=title, author=author, created=created)
    announce(STAGES[2])
    tell_pages(document.pages, announce, STAGES[2])
    identifier = hashlib.sha256(html.encode()).hexdigest()[:32].encode()
    variant = {"pdf_variant": ARCHIVAL} if archival else {}
    data = document.write_pdf(pdf_identifier=identifier, pdf_tags=tagged, **variant)
    announce(STAGES[3])
    require_all_glyphs(document.fonts.values())
    return PdfResult(data, len(document.pages), _font_names(document), fetcher.refused)


def _silent(stage: str) -> None:
    """Progress nobody asked for."""


def _lay_out(html: str, fetcher: ClosedFetcher) -> Document:
    typesetting.install()
    lean.install()
    with lean.rare_collections():
        source = lean.Source(html, fetcher)
        return source.render(font_config=fonts.configuration(), presentational_hints=True)


def _describe(document: Document, *, title: str, author: str, created: datetime) -> None:
    """Set the metadata here, so that no template can forget or forge it."""
    metadata = document.metadata
    metadata.title, metadata.authors, metadata.lang = title.replace("\n", ""), [author] if author else [], LANGUAGE
    moment = created if created.tzinfo else created.replace(tzinfo=UTC)
    metadata.created = metadata.modified = moment.isoformat(timespec="seconds").replace("+00:00", "Z")
    metadata.attachments, metadata.generator = [], "Liaison"


def _font_names(document: Document) -> list[str]:
    return sorted({font.name.decode().split("+", 1)[1] for font in document.fonts.values()})
