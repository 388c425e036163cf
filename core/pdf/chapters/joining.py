"""One file of the chapters: fonts once, page numbers over all, bookmarks and links that lead through the whole."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import quote, unquote

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, Stream, String

#: How a late chapter writes an address inside the volume: a child cannot link to a page it does not have.
INSIDE = "https://volume.invalid/"


@dataclass
class Laid:
    """A chapter that was laid out: `anchors` and `bookmarks` page by page, `fonts` with their glyphs."""

    data: bytes
    pages: int
    anchors: Sequence[Sequence[tuple[str, float, float]]] = ()
    bookmarks: Sequence[Sequence[tuple[int, str, float, float]]] = ()
    fonts: dict[str, dict[str, Any]] = field(default_factory=dict)


def address(anchor: str) -> str:
    return INSIDE + quote(anchor, safe="")


def joined(
    laid: Sequence[Laid], margins: Sequence[bytes], fonts: Iterable[bytes], facts: dict[str, str], language: str
) -> bytes:
    """The finished file; `margins`: what is drawn over each page, `facts`: its metadata."""
    volume = Pdf.new()
    sources = [Pdf.open(io.BytesIO(each.data)) for each in laid]
    for source in sources:
        volume.pages.extend(source.pages)
    _put_fonts(volume, [Pdf.open(io.BytesIO(data)) for data in fonts])
    _put_margins(volume, margins)
    _put_links(volume, _places(laid))
    _put_bookmarks(volume, laid)
    volume.Root.Lang = String(language)
    for name, value in facts.items():
        volume.docinfo[Name(name)] = String(value)
    output = io.BytesIO()
    volume.save(output, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return output.getvalue()


def _put_fonts(volume: Pdf, sources: list[Pdf]) -> None:
    """The same fonts into the resources of every chapter; glyph numbers are those of the font file everywhere."""
    known = {}
    for source in sources:
        known.update(volume.copy_foreign(source.make_indirect(source.pages[0].obj.Resources.Font)))
    done = set()
    for page in volume.pages:
        fonts = page.obj.Resources.Font
        if fonts.objgen not in done:
            done.add(fonts.objgen)
            for name in sorted(known):
                fonts[name] = known[name]


def _put_margins(volume: Pdf, margins: Sequence[bytes]) -> None:
    """Over each page; what a chapter drew is put into brackets, because it leaves its own scale behind."""
    opened = volume.make_indirect(Stream(volume, b"q"))
    closed = volume.make_indirect(Stream(volume, b"Q"))
    for page, drawing in zip(volume.pages, margins, strict=True):
        over = volume.make_indirect(Stream(volume, drawing))
        page.obj.Contents = Array([opened, page.obj.Contents, closed, over])


def _places(laid: Sequence[Laid]) -> dict[str, tuple[int, float, float]]:
    """Anchor → page of the volume (from 0) and point; the first of the same name counts."""
    places: dict[str, tuple[int, float, float]] = {}
    at = 0
    for each in laid:
        for page, anchors in enumerate(each.anchors, at):
            for name, x, y in anchors:
                places.setdefault(name, (page, x, y))
        at += each.pages
    return places


def _put_links(volume: Pdf, places: dict[str, tuple[int, float, float]]) -> None:
    for page in volume.pages:
        for annotation in page.obj.get("/Annots", ()):
            anchor = _target(annotation)
            if anchor in places:
                to, x, y = places[anchor]
                annotation.Dest = Array([volume.pages[to].obj, Name.XYZ, x, y, 0])
                if "/A" in annotation:
                    del annotation.A


def _target(annotation: Dictionary) -> str | None:
    """The anchor an annotation leads to, None for an address outside."""
    if isinstance(annotation.get("/Dest"), String):
        return str(annotation.Dest)
    uri = str(annotation.A.get("/URI", "")) if "/A" in annotation else ""
    return unquote(uri.removeprefix(INSIDE)) if uri.startswith(INSIDE) else None


def _put_bookmarks(volume: Pdf, laid: Sequence[Laid]) -> None:
    """A bookmark belongs to the last one before it of a smaller level."""
    open_items: list[tuple[int, OutlineItem]] = []
    at = 0
    with volume.open_outline() as outline:
        for each in laid:
            for page, marks in enumerate(each.bookmarks, at):
                for level, label, x, y in marks:
                    item = OutlineItem(label, page, "XYZ", left=x, top=y)
                    while open_items and open_items[-1][0] >= level:
                        open_items.pop()
                    (open_items[-1][1].children if open_items else outline.root).append(item)
                    open_items.append((level, item))
            at += each.pages


def pdf_date(moment: datetime) -> str:
    """As a PDF writes it, with its distance to UTC."""
    offset = moment.strftime("%z")
    return f"D:{moment:%Y%m%d%H%M%S}" + (f"{offset[:3]}'{offset[3:5]}'" if offset else "Z")
