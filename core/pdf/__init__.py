"""The only way the portal makes a PDF: a template and its context in, the finished file out.

`render` makes a document in one piece, `render_volume` lays hundreds of pages out in chapters side by side. Both are
deterministic: the same template, context, title, author and date give the same bytes on one
machine. Nothing outside our own static files and the photos offered by `media_resolver` is ever read (see
`core.pdf.reading`).
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

# WeasyPrint takes half a second and 40 MB to load: only the process that prints pays for it.
LAZY = {"render": "engine", "render_volume": "chapters.volume", "PdfResult": "result", "MissingGlyph": "glyphs"}
__all__ = ["MissingGlyph", "PdfResult", "media_resolver", "render", "render_volume"]


def __getattr__(name: str) -> Any:
    if name in LAZY:
        return getattr(import_module(f"core.pdf.{LAZY[name]}"), name)
    raise AttributeError(name)


media_resolver = None
"""Set once by the app that owns files: `(media_id: str) -> tuple[bytes, str] | None`, bytes and MIME type.

It answers for `src="media:<id>"` and must only know photos that were re-encoded on upload. None: no photos.
"""
