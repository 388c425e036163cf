"""What a child of a volume does with a chapter. Only the child imports this: it loads WeasyPrint."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pydyf
import weasyprint.layout
import weasyprint.pdf
from weasyprint import DEFAULT_OPTIONS
from weasyprint.document import Document
from weasyprint.pdf.fonts import Font
from weasyprint.urls import URLFetcher, URLFetcherResponse

from core.pdf import fonts, lean, typesetting
from core.pdf.chapters.wire import file_name
from core.pdf.glyphs import MissingGlyph, require_all_glyphs
from core.pdf.lean import Source
from core.pdf.progress import pages_told_to_number

POINTS = 0.75  # of a CSS pixel
TYPES = {".css": "text/css", ".jpg": "image/jpeg", ".png": "image/png", ".svg": "image/svg+xml"}
build_fonts = weasyprint.pdf.build_fonts_dictionary
make_margins = weasyprint.layout.make_margin_boxes


class FolderFetcher(URLFetcher):
    """Reads what the parent put into the folder under the digest of its address, and nothing else."""

    def __init__(self, folder: Path) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self.folder = folder

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        for suffix, mime in TYPES.items():
            if (path := self.folder / file_name(url, suffix)).exists():
                return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": mime})
        raise ValueError(f"refused: {url[:80]}")


class Layout:
    """`folder`: what may be read; `tell` is called with the number of the page that is begun."""

    def __init__(self, folder: Path, tell: Callable[[int], None]) -> None:
        self.folder, self.tell = folder, tell
        self.faces: dict[str, Font] = {}
        self.fonts = fonts.configuration()
        typesetting.install()
        lean.install()
        lean.keep_lines()
        lean.RememberedSheets().install()
        weasyprint.pdf.build_fonts_dictionary = _no_fonts_yet

    def chapter(self, html: str, *, numbered: bool = False) -> tuple[dict[str, Any], bytes]:
        """A chapter's pages without fonts and, unless `numbered`, without what stands in the margins."""
        weasyprint.layout.make_margin_boxes = make_margins if numbered else _no_margins
        source = Source(html, FolderFetcher(self.folder))
        with pages_told_to_number(self.tell):
            document = source.render(font_config=self.fonts, presentational_hints=True)
        data = document.write_pdf(pdf_identifier=b"chapter", pdf_tags=False)
        faces = self._used(document)
        return {
            "pages": len(document.pages),
            "anchors": [_anchors(page) for page in document.pages],
            "bookmarks": [_bookmarks(page) for page in document.pages],
            "fonts": faces,
        }, data

    def _used(self, document: Document) -> dict[str, Any]:
        """Glyphs of each font. Raises MissingGlyph for characters no font has."""
        used: dict[str, Any] = {}
        for font in document.fonts.values():
            if font.missing:
                raise MissingGlyph("".join(map(chr, sorted(font.missing))))
            self.faces.setdefault(font.hash, font)
            known = used.setdefault(font.hash, {})
            for glyph, text in font.to_unicode.items():
                known.setdefault(glyph, [text, font.widths[glyph]])
        return used

    def embedded(self, _: str, *, glyphs: dict[str, dict[str, Any]]) -> tuple[dict[str, Any], bytes]:
        """A PDF of one page whose resources hold these fonts with the glyphs of all chapters.

        Raises MissingGlyph when one of them draws nothing.
        """
        chosen = {}
        for face, used in sorted(glyphs.items()):
            font = self.faces[face]
            ordered = sorted((int(glyph), *facts) for glyph, facts in used.items())
            font.to_unicode = {glyph: text for glyph, text, _ in ordered}
            font.widths = {glyph: width for glyph, _, width in ordered}
            chosen[face] = font
        pdf = pydyf.PDF()
        resources = pydyf.Dictionary({"Font": build_fonts(pdf, chosen, True, True, dict(DEFAULT_OPTIONS))})
        pdf.add_page(pydyf.Dictionary({"Type": "/Page", "Parent": pdf.pages.reference, "Resources": resources,
                                       "MediaBox": pydyf.Array([0, 0, 1, 1])}))  # fmt: skip
        require_all_glyphs(chosen.values())
        return {"names": [font.name.decode().split("+", 1)[1] for font in chosen.values()]}, _written(pdf)


def _written(pdf: pydyf.PDF) -> bytes:
    output = BytesIO()
    pdf.write(output, b"1.7", b"fonts", False)
    return output.getvalue()


def _no_fonts_yet(pdf: pydyf.PDF, *_: Any) -> pydyf.Dictionary:
    """An empty dictionary: the joined file puts the fonts of all chapters into it."""
    return pydyf.Dictionary()


def _no_margins(context: Any, page: Any, state: Any) -> tuple:
    """Page numbers are laid out once for the whole volume."""
    return ()


def _anchors(page: Any) -> list[tuple[str, float, float]]:
    return [(name, *_place(page, spot[0], spot[1])) for name, spot in page.anchors.items()]


def _bookmarks(page: Any) -> list[tuple[int, str, float, float]]:
    return [(level, label, *_place(page, *target[:2])) for level, label, target, _ in page.bookmarks]


def _place(page: Any, x: float, y: float) -> tuple[float, float]:
    """Points from the lower left corner, as a PDF wants them."""
    return round(x * POINTS, 3), round((page.height - y) * POINTS, 3)
