"""The only way the portal makes a PDF: a template and its context in, the finished file out.

`render` is deterministic: the same template, context, title, author and date give the same bytes on one
machine. Nothing outside our own static files and the photos offered by `media_resolver` is ever read (see
`core.pdf.fetcher`).
"""

from core.pdf.engine import PdfResult, render
from core.pdf.glyphs import MissingGlyph

__all__ = ["MissingGlyph", "PdfResult", "media_resolver", "render"]

media_resolver = None
"""Set once by the app that owns files: `(media_id: str) -> tuple[bytes, str] | None`, bytes and MIME type.

It answers for `src="media:<id>"` and must only know photos that were re-encoded on upload. None: no photos.
"""
