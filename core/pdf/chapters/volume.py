"""The order of work on a volume, and its one door: `render_volume`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

from django.conf import settings

from core.pdf import reading
from core.pdf.blocks import PageBreak
from core.pdf.chapters import numbers
from core.pdf.chapters.crew import Crew, Order, crew
from core.pdf.chapters.cutting import Chapter, cut, guess
from core.pdf.chapters.joining import Laid, address, joined, pdf_date
from core.pdf.chapters.wire import file_name
from core.pdf.html import document_html
from core.pdf.result import LANGUAGE, PdfResult

STAGES = ("正在整理内容", "正在排版", "正在排目录和页码", "正在合并成册")
LINK = re.compile(r'<a href="#([^"]*)">(.*?)</a>', re.DOTALL)
READ = re.compile(r'(?:href|src)="((?:static|media|data):[^"]+)"')
NUMBERS_KNOWN = '<link rel="stylesheet" href="static:documents/numbers_known.css"></head>'
SUFFIXES = {"text/css": ".css", "image/jpeg": ".jpg", "image/png": ".png", "image/svg+xml": ".svg"}
UNKNOWN = "000"  # as wide as most page numbers
#: Contents that grow when the numbers are known move everything behind them: look again, but not for ever.
ROUNDS = 4


def render_volume(
    template: str,
    context: dict[str, Any],
    *,
    title: str,
    author: str = "",
    created: datetime,
    on_stage: Callable[..., None] | None = None,
    processes: int | None = None,
) -> PdfResult:
    """As `core.pdf.render`, of `context["blocks"]` cut into chapters that are laid out side by side; not tagged.

    `on_stage(stage, done, total, unit)` counts chapters and is called at least twice a second: what it raises stops the
    children. The bytes do not depend on `processes` (setting PDF_PROCESSES). Raises MissingGlyph.
    """
    volume = Volume(template, context, title, on_stage or (lambda *_: None))
    with crew(processes or settings.PDF_PROCESSES, volume.tell) as hands:
        data = volume.made(hands, author, created if created.tzinfo else created.replace(tzinfo=UTC))
    return PdfResult(data, volume.pages, sorted(volume.font_names), volume.refused)


class Volume:
    """One volume on its way. `numbers`: the page each anchor is on, as far as it is known."""

    def __init__(self, template: str, context: dict[str, Any], title: str, announce: Callable[..., None]) -> None:
        self.template, self.context, self.title, self.announce = template, context, title, announce
        self.chapters = cut(context["blocks"])
        self.laid: list[Laid | None] = [None] * len(self.chapters)
        self.extra: list[Laid] = []  # pages that are laid out for their margins
        self.numbers: dict[str, int] = {}
        self.read: set[str] = set()
        self.refused: list[str] = []
        self.font_names: list[str] = []
        self.stage, self.done = STAGES[0], 0

    @property
    def pages(self) -> int:
        return sum(each.pages for each in self.laid if each)

    def tell(self, page: int) -> None:
        self.announce(self.stage, self.done, len(self.chapters), "章")

    def begin(self, stage: str) -> None:
        self.stage = stage
        self.tell(0)

    def made(self, hands: Crew, author: str, created: datetime) -> bytes:
        self.begin(STAGES[1])
        self.lay_out(hands, self.in_time())
        self.begin(STAGES[2])
        self.number(hands)
        margins = self.margins(hands)
        fonts = self.fonts(hands)
        self.begin(STAGES[3])
        moment = pdf_date(created)
        facts = {"/Title": self.title, "/Creator": "Liaison", "/CreationDate": moment, "/ModDate": moment}
        return joined(self.laid, margins, fonts, {**facts, **({"/Author": author} if author else {})}, LANGUAGE)

    # --- chapters ---------------------------------------------------------------------------------------------------
    def in_time(self) -> list[int]:
        """Chapters that need no page numbers, the heaviest first: what is left for the end should be small."""
        found = [at for at, each in enumerate(self.chapters) if not each.late]
        return sorted(found, key=lambda at: (-self.chapters[at].weight, at))

    def lay_out(self, hands: Crew, chosen: Sequence[int]) -> None:
        hands.work([self.order(at, hands.folder) for at in chosen])

    def order(self, at: int, folder: Path) -> Order:
        def then(answer: dict[str, Any], data: bytes) -> None:
            if self.laid[at] is None:
                self.done += 1
            self.laid[at] = Laid(data, **answer)
            self.tell(0)

        return Order("chapter", lambda: self.html(self.chapters[at], at, folder), then)

    def html(self, chapter: Chapter, at: int, folder: Path) -> str:
        only_first = {} if at == 0 else {"with_title": False, "head": None}
        text = document_html(self.template, {**self.context, **only_first, "blocks": chapter.blocks}, self.title)
        if chapter.late:
            text = LINK.sub(self.numbered, text).replace("</head>", NUMBERS_KNOWN, 1)
        self.put(text, folder)
        return text

    def numbered(self, link: re.Match[str]) -> str:
        """A link with the number of its page, when it has no words of its own."""
        anchor = unescape(link[1])
        return f'<a href="{address(anchor)}">{link[2] or self.numbers.get(anchor, UNKNOWN)}</a>'

    def put(self, html: str, folder: Path) -> None:
        """Into the folder of the children what the text asks for, as far as documents may read it."""
        for url in map(unescape, READ.findall(html)):
            if url in self.read:
                continue
            self.read.add(url)
            try:
                body, mime = reading.read(url)
            except reading.Refused:
                self.refused.append(reading.named(url))
                continue
            (folder / file_name(url, SUFFIXES[mime])).write_bytes(body)

    # --- page numbers -----------------------------------------------------------------------------------------------
    def number(self, hands: Crew) -> None:
        """Lays out contents and indexes until their numbers are right: twice only where a guess was wrong."""
        late = [at for at, chapter in enumerate(self.chapters) if chapter.late]
        for _ in range(ROUNDS):
            found = self.found()
            if found == self.numbers and None not in self.laid:
                return
            self.numbers = found
            self.lay_out(hands, late)

    def found(self) -> dict[str, int]:
        """Anchor → number of its page, of all that is laid out; contents that are not yet count by `guess`."""
        numbers: dict[str, int] = {}
        page = 1
        for each, chapter in zip(self.laid, self.chapters, strict=True):
            for number, anchors in enumerate(each.anchors if each else (), page):
                for name, _, _ in anchors:
                    numbers.setdefault(name, number)
            page += each.pages if each else guess(chapter)
        return numbers

    def margins(self, hands: Crew) -> list[bytes]:
        """What is drawn over each page."""
        wanted = numbers.samples(self.pages)
        try:
            return numbers.every(self.pages, list(zip(wanted, self.blank(hands, wanted), strict=True)))
        except numbers.NotAlike:
            return numbers.drawings(self.blank(hands, [(1, self.pages)])[0])

    def blank(self, hands: Crew, wanted: Sequence[numbers.Sample]) -> list[Laid]:
        """Empty pages with their margins."""
        made: dict[int, Laid] = {}
        hands.work([self.blank_order(number, pages, made) for number, pages in wanted])
        self.extra = [made[number] for number, _ in wanted]
        return self.extra

    def blank_order(self, number: int, pages: int, made: dict[int, Laid]) -> Order:
        context = {**self.context, "head": None, "with_title": False, "blocks": [PageBreak()] * pages}
        html = numbers.beginning_at(document_html(self.template, context, self.title), number)
        return Order("chapter", lambda: html, lambda answer, data: made.update({number: Laid(data, **answer)}),
                     {"numbered": True})  # fmt: skip

    # --- fonts ------------------------------------------------------------------------------------------------------
    def fonts(self, hands: Crew) -> list[bytes]:
        """Each font once, with the glyphs of all chapters in their order."""
        used: dict[str, dict[str, Any]] = {}
        for each in (*self.laid, *self.extra):
            for face, glyphs in each.fonts.items():
                for glyph, facts in glyphs.items():
                    used.setdefault(face, {}).setdefault(glyph, facts)
        made: dict[str, bytes] = {}
        hands.work([self.embedding(hands, face, glyphs, made) for face, glyphs in sorted(used.items())])
        return [made[face] for face in sorted(made)]

    def embedding(self, hands: Crew, face: str, glyphs: dict[str, Any], made: dict[str, bytes]) -> Order:
        def then(answer: dict[str, Any], data: bytes) -> None:
            made[face] = data
            self.font_names += answer["names"]

        return Order("embedded", str, then, {"glyphs": {face: glyphs}}, child=hands.knows(face))
