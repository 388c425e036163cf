"""Compares the PDF and the Word file of every document (script/check_word).

The Word file is laid out by LibreOffice with the fonts the PDF is printed with under the names the file asks for, so
that a difference is one of layout and not of fonts.
"""

from __future__ import annotations

import argparse
import io
import os
import posixpath
import re
import shutil
import statistics
import subprocess
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from html import unescape
from itertools import pairwise
from pathlib import Path
from xml.sax.saxutils import escape

import django

django.setup()

import pypdfium2 as pdfium  # noqa: E402
from django.conf import settings  # noqa: E402
from django.utils import timezone  # noqa: E402
from docx import Document as WordFile  # noqa: E402
from docx.oxml.ns import qn  # noqa: E402
from lxml import etree  # noqa: E402

from core.docx.fonts import LATIN, NAMES  # noqa: E402
from core.errors import DomainError  # noqa: E402
from core.pdf import blocks as b  # noqa: E402
from core.pdf import fonts  # noqa: E402
from core.pdf.html import document_html  # noqa: E402
from organisation.models import Office  # noqa: E402
from plans.models import AnnualPlan  # noqa: E402
from reports.documents import Composition, documents  # noqa: E402
from reports.manuscripts import files  # noqa: E402
from reports.models import Manuscript  # noqa: E402
from reports.papers import Making, kinds  # noqa: E402
from reports.printing import DOCX, as_docx, as_pdf  # noqa: E402
from reports.services import available  # noqa: E402
from tests.pdf.measure import MM, Char, characters, lines  # noqa: E402

#: Names the Word file asks for → the role the PDF prints with.
ROLES = {"title": "Liaison Song Title", "body": "Liaison FangSong", "kai": "Liaison Kai", "hei": "Liaison Hei",
         "song": "Liaison Song"}  # fmt: skip
TOLERANCE = 0.10  # of the number of pages
SITE = "https://portal.example"


@dataclass
class Pair:
    """One document in both forms."""

    key: str
    pdf: bytes
    word: bytes
    seconds: tuple[float, float]
    found: Composition
    again: bytes = b""
    remarks: list[str] = field(default_factory=list)


# --- making them -----------------------------------------------------------------------------------------------------
def compositions(wanted: list[str]) -> Iterator[tuple[str, Composition, str]]:
    now = timezone.now()
    plan = AnnualPlan.objects.in_force().order_by("-year", "office__parent_id", "office__code").first()
    office, year = (plan.office, plan.year) if plan else (Office.objects.first(), now.year)
    for kind in documents:
        part = kind.latest_part(year, timezone.localdate())
        yield from composed(
            kind.key, wanted, lambda kind=kind, part=part: kind.of(office, year, now, part), office.name
        )
    for paper in kinds:
        yield from composed(paper.key, wanted, lambda paper=paper: of_newest(paper, Making(now, SITE)), "")
    for each in Manuscript.objects.select_related("office", "corrects"):
        yield from composed(f"manuscript-{each.pk}", wanted, lambda each=each: files.composed(each), each.office.name)


def of_newest(paper, making: Making) -> Composition:
    newest = paper.newest()
    record = paper.load(*newest) if newest else None
    if record is None:
        raise DomainError("没有记录。")
    return paper.compose(record, making)


def composed(key: str, wanted: list[str], make, author: str) -> Iterator[tuple[str, Composition, str]]:
    if wanted and key not in wanted:
        return
    try:
        found = make()
    except DomainError as error:
        print(f"{key}: {error.message}")
        return
    if DOCX in available(found):
        yield key, found, author or found.author


def paired(key: str, found: Composition, author: str) -> Pair:
    now, began = timezone.now(), time.perf_counter()
    pdf = as_pdf(found, author=author, as_of=now).data
    between = time.perf_counter()
    word = as_docx(found, author=author, as_of=now)
    return Pair(key, pdf, word, (between - began, time.perf_counter() - between), found)


# --- LibreOffice -----------------------------------------------------------------------------------------------------
def font_settings(folder: Path) -> Path:
    """Fontconfig: the names offices have stand for the fonts of the PDF."""
    places = "".join(f"<dir>{escape(str(place))}</dir>" for place in fonts.folders())
    rules = ""
    for role in fonts.ROLES:
        for key, family in ROLES.items():
            if family == role.family:
                rules += "".join(rule(name, fonts.chain(role)[0], bold=role.bold) for name in NAMES[key])
    rules += rule(LATIN, "Liberation Serif")
    head = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">'
    path = folder / "fonts.conf"
    path.write_text(f"{head}<fontconfig>{places}<cachedir>{folder / 'cache'}</cachedir>{rules}</fontconfig>")
    return path


def rule(name: str, family: str, *, bold: bool = False) -> str:
    weight = fonts.BOLD_EDIT if bold else ""
    return (
        f'<match target="pattern"><test name="family"><string>{escape(name)}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>{escape(family)}</string></edit>{weight}</match>'
    )


def laid_out(pairs: list[Pair], folder: Path) -> None:
    """The Word files as PDF, by one process."""
    for pair in pairs:
        (folder / f"{pair.key}.docx").write_bytes(pair.word)
    out = folder / "again"
    command = ["soffice", f"-env:UserInstallation=file://{folder / 'profile'}", "--headless", "--convert-to", "pdf",
               "--outdir", str(out), *(str(folder / f"{pair.key}.docx") for pair in pairs)]  # fmt: skip
    environment = {**os.environ, "FONTCONFIG_FILE": str(font_settings(folder))}
    subprocess.run(command, check=True, capture_output=True, timeout=900, env=environment)
    for pair in pairs:
        target = out / f"{pair.key}.pdf"
        pair.again = target.read_bytes() if target.exists() else b""


# --- comparing -------------------------------------------------------------------------------------------------------
@dataclass
class Looks:
    """What is measured on a laid out file; lengths in mm, types in points."""

    pages: int
    sheet: tuple[int, int]
    left: float
    right: float
    pitch: float
    longest: int
    numbers: list[tuple[int, str]]
    fonts: Counter


def looks(data: bytes) -> Looks:
    document = pdfium.PdfDocument(data)
    pages = [characters(page) for page in document]
    first = document[0]
    width, height = first.get_width() * MM, first.get_height() * MM
    document.close()
    every = [char for page in pages for char in page]
    rows = [line for page in pages for line in lines(page)]
    full = [line for line in rows if sum(char.size > 15 for char in line) > 24]
    return Looks(
        len(pages), (round(width), round(height)),
        min((char.x for line in full for char in line), default=0),
        max((char.right for line in full for char in line), default=0),
        pitch_of(pages), max((len(line) for line in full), default=0),
        [number for at, page in enumerate(pages, 1) if (number := page_number(page, at, width))],
        Counter(base(char.font) for char in every),
    )  # fmt: skip


def base(name: str) -> str:
    return name.partition("+")[2] or name


def pitch_of(pages: list[list[Char]]) -> float:
    """Points between two lines of running text."""
    steps = []
    for page in pages:
        tops = [line[0].y for line in lines(page) if sum(char.size > 15 for char in line) > 12]
        steps += [(below - above) / MM for above, below in pairwise(tops) if below - above < 12]
    return round(statistics.median(steps), 2) if steps else 0


def page_number(page: list[Char], at: int, width: float) -> tuple[int, str] | None:
    """The number printed at the foot, and on which side."""
    foot = "".join(char.text for char in sorted(page, key=lambda char: char.x) if char.y > max(c.y for c in page) - 1)
    if not (match := re.search(r"[—–-]+(\d+)[—–-]+", foot)):
        return None
    low = [char for char in page if char.y > max(c.y for c in page) - 1]
    return int(match[1]), "右" if low[0].x > width / 2 else "左"


def without_drawings(found: Composition) -> Composition:
    """A chart is a drawing in the PDF and a table in Word."""
    return replace(found, blocks=[each for each in found.blocks if not isinstance(each, b.Bars | b.Columns)])


def said_by_html(found: Composition) -> str:
    """The words of the PDF before they were laid out: without page numbers and repeated heads."""
    context = {"blocks": found.blocks, "office": found.office, "date": found.date, "head": found.head,
               "with_title": not found.has_cover}  # fmt: skip
    html = document_html(found.sheet, context, found.title)
    text = re.sub(r"(?s)<head>.*?</head>|<svg.*?</svg>|<!--.*?-->|<[^>]+>", "", html)
    return squeezed(unescape(text))


def said_by_word(data: bytes) -> str:
    """The words of the head of the first page and of the body, in their order; fields without what they show."""
    document = WordFile(io.BytesIO(data))
    section = document.sections[0]
    parts = [section.first_page_header._element] if section.different_first_page_header_footer else []
    return squeezed("".join(words(element) for element in (*parts, document.element.body)))


def words(element) -> str:
    found, field_depth = [], 0
    for each in element.iter(qn("w:t"), qn("w:fldChar")):
        if each.tag == qn("w:fldChar"):
            field_depth += {"begin": 1, "end": -1}.get(each.get(qn("w:fldCharType")), 0)
        elif not field_depth:
            found.append(each.text or "")
    return "".join(found)


def squeezed(text: str) -> str:
    return re.sub(r"[\s▇■□\u200b\u2060]+", "", text)


def differences(ours: str, theirs: str) -> list[str]:
    if ours == theirs:
        return []
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False) if len(ours) < 20_000 else None
    if matcher is None:
        return [f"{len(ours)}字与{len(theirs)}字"]
    return [
        f"{how}“{ours[a:b][:24]}”→“{theirs[c:d][:24]}”"
        for how, a, b, c, d in matcher.get_opcodes() if how != "equal"
    ]  # fmt: skip


def sound(data: bytes) -> list[str]:
    """What Word would want to repair: ids used twice, relations that lead nowhere, parts that are no XML."""
    wrong = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        for name in names:
            if name.endswith((".xml", ".rels")):
                root = etree.fromstring(archive.read(name))
                ids = Counter(
                    each.get("id") for each in root.iter("{http://schemas.openxmlformats.org/drawingml/2006/"
                                                         "wordprocessingDrawing}docPr")
                )  # fmt: skip
                marks = Counter(each.get(qn("w:id")) for each in root.iter(qn("w:bookmarkStart")))
                wrong += [f"{name}: id {key} twice" for key, count in (*ids.items(), *marks.items()) if count > 1]
            if name.endswith(".rels"):
                folder = posixpath.dirname(posixpath.dirname(name))
                for each in root:
                    target = posixpath.normpath(posixpath.join("/", folder, each.get("Target"))).lstrip("/")
                    if each.get("TargetMode") != "External" and target not in names:
                        wrong.append(f"{name}: {target} is missing")
    return wrong


def compare(pair: Pair) -> list[str]:
    """One row of the table; what differs goes to the remarks."""
    ours, theirs = looks(pair.pdf), looks(pair.again)
    remark = pair.remarks.append
    if abs(ours.pages - theirs.pages) > max(1, TOLERANCE * ours.pages) or (
        ours.pages < 5 and ours.pages != theirs.pages
    ):
        remark(f"页数 {ours.pages} → {theirs.pages}")
    if ours.sheet != theirs.sheet:
        remark(f"纸张 {ours.sheet} → {theirs.sheet}")
    for label, name, most in (
        ("左边", "left", 1),
        ("右边", "right", 3),
        ("行距", "pitch", 0.2),
        ("每行字数", "longest", 2),
    ):
        one, other = getattr(ours, name), getattr(theirs, name)
        if one and other and abs(one - other) > most:
            remark(f"{label} {one:.1f} → {other:.1f}")
    wrong = [f"{page}{side}" for page, side in theirs.numbers if side != ("右" if page % 2 else "左")]
    if wrong:
        remark(f"页码位置 {wrong[:3]}")
    upright = ours.sheet[0] < ours.sheet[1]  # on a page turned by a quarter the number stands at the side
    if upright and len(ours.numbers) - ours.pages != len(theirs.numbers) - theirs.pages:
        remark(f"印页码的页 {len(ours.numbers)} → {len(theirs.numbers)}")
    odd = set(theirs.fonts) - known_fonts()
    if odd:
        remark(f"字体 {sorted(odd)}")
    plain = without_drawings(pair.found)
    word = as_docx(plain, author="", as_of=timezone.now())
    pair.remarks += [f"文字 {each}" for each in differences(said_by_html(plain), said_by_word(word))[:3]]
    pair.remarks += sound(pair.word)
    if pair.seconds[1] > pair.seconds[0]:
        remark("Word 比 PDF 慢")
    return [pair.key, str(ours.pages), str(theirs.pages), f"{ours.pitch}", f"{theirs.pitch}", str(ours.longest),
            str(theirs.longest), f"{pair.seconds[0]:.2f}", f"{pair.seconds[1]:.2f}", f"{len(pair.pdf) // 1024}",
            f"{len(pair.word) // 1024}"]  # fmt: skip


def known_fonts() -> set[str]:
    return {"FandolSong-Bold", "FandolSong-Regular", "FandolFang-Regular", "FandolKai-Regular", "FandolHei-Regular",
            "LiberationSerif", "DejaVuSans", "NotoSerifCJKsc-Regular",
            "NotoSansCJKjp-Regular-VKana", "LXGWWenKai-Regular", "NotoSansCJKsc-Regular"}  # fmt: skip


HEAD = [
    "文件",
    "页PDF",
    "页Word",
    "行距PDF",
    "行距Word",
    "字/行PDF",
    "字/行Word",
    "秒PDF",
    "秒Word",
    "KB PDF",
    "KB Word",
]


def pictures(pair: Pair, folder: Path) -> None:
    """Each page of both, the PDF on the left."""
    from PIL import Image

    ours, theirs = pdfium.PdfDocument(pair.pdf), pdfium.PdfDocument(pair.again)
    for at in range(min(max(len(ours), len(theirs)), 12)):
        sides = [document[at].render(scale=0.9).to_pil() if at < len(document) else None for document in (ours, theirs)]
        size = next(side.size for side in sides if side)
        sheet = Image.new("RGB", (size[0] * 2 + 10, size[1]), "gray")
        for place, side in enumerate(sides):
            if side:
                sheet.paste(side, (place * (size[0] + 10), 0))
        sheet.save(folder / f"{pair.key}-{at + 1:02d}.png")
    ours.close()
    theirs.close()


def main() -> None:
    parser = argparse.ArgumentParser(description="Compares the PDF and the Word file of every document.")
    parser.add_argument("documents", nargs="*", help="keys (default: all)")
    parser.add_argument("--look", type=Path, help="keep files and pictures of both side by side in this folder")
    options = parser.parse_args()
    pairs = [paired(*each) for each in compositions(options.documents)]
    folder = Path(tempfile.mkdtemp(prefix="check_word_", dir=settings.VAR))
    try:
        laid_out(pairs, folder)
        print("\t".join(HEAD))
        for pair in pairs:
            if not pair.again:
                print(f"{pair.key}\tLibreOffice 没有打开")
                continue
            print("\t".join(compare(pair)))
            for each in pair.remarks:
                print(f"    ! {each}")
        if options.look:
            keep(pairs, options.look)
    finally:
        shutil.rmtree(folder)
    raise SystemExit(1 if any(pair.remarks or not pair.again for pair in pairs) else 0)


def keep(pairs: list[Pair], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for pair in pairs:
        (folder / f"{pair.key}.pdf").write_bytes(pair.pdf)
        (folder / f"{pair.key}.docx").write_bytes(pair.word)
        if pair.again:
            (folder / f"{pair.key}.again.pdf").write_bytes(pair.again)
            pictures(pair, folder)


if __name__ == "__main__":
    main()
