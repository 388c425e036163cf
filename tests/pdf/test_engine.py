"""What the door promises: nothing read from outside, nothing missing, the same bytes again."""

from __future__ import annotations

import hashlib
import os
import re
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from pypdfium2 import raw
from weasyprint import HTML

from core import pdf
from core.pdf.blocks import Heading, Paragraph, Picture, number_headings
from core.pdf.engine import STAGES
from core.pdf.fetcher import ClosedFetcher, Refused

from .conftest import CREATED, make
from .measure import embedded_fonts, opened, page_text

ROOT = Path(__file__).resolve().parent.parent.parent
RARE_NAMES = ["王喆", "李堃", "陈玥", "周頔", "吴㛃", "郑䶮", "冯𬭎", "阿依古丽·买买提", "褚𣲗", "卫骉", "蒋犇"]
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


@pytest.fixture
def listener():
    """A port that counts who knocks."""
    hits = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=_count, args=(server, hits), daemon=True)
        thread.start()
        yield server.getsockname()[1], hits


def _count(server, hits):
    while True:
        try:
            connection, _ = server.accept()
        except OSError:
            return
        hits.append(1)
        connection.close()


# --- nothing missing --------------------------------------------------------------------------------


def test_every_character_of_rare_names_is_there():
    result = make([Paragraph("、".join(RARE_NAMES))], context={"office": "㛃䶮𬭎·"})
    assert set("".join(RARE_NAMES)) <= set(page_text(result.data)[0])


def test_headings_and_tables_print_rare_names_too():
    result = make([Heading(1, RARE_NAMES[4]), Heading(2, RARE_NAMES[5])], title=RARE_NAMES[6])
    assert set("㛃䶮𬭎") <= set(page_text(result.data)[0])


def test_character_without_glyph_stops_the_document():
    with pytest.raises(pdf.MissingGlyph, match=r"U\+F0001") as caught:
        make([Paragraph("委员\U000f0001同志")])
    assert caught.value.characters == "\U000f0001"


def test_control_characters_of_pasted_text_are_dropped():
    assert "委员同志" in page_text(make([Paragraph("委员\x0b\x01同志")]).data)[0]


def test_signs_of_everyday_texts_are_there():
    signs = "①②③㈠Ⅳ㎡℃％‰√×÷±≥→■□●★【】《》〈〉〔〕『』「」、。·—…～¥№"
    assert set(signs) <= set(page_text(make([Paragraph(signs), Heading(1, signs), Heading(2, signs)]).data)[0])


def test_invisible_characters_do_no_harm():
    text = page_text(make([Paragraph("葛\U000e0100市\u200b长\u00ad江\ufe0f")]).data)[0]
    assert [character for character in text if character in "葛市长江"] == list("葛市长江")


def test_all_fonts_are_embedded_and_named():
    result = make([Paragraph("正文2026"), Heading(1, "标题"), Heading(2, "标题")])
    fonts = embedded_fonts(result.data)
    assert fonts and all(fonts.values())
    assert "FandolFang" in result.fonts


# --- nothing read from outside ----------------------------------------------------------------------


def test_hostile_text_is_printed_as_text(listener):
    port, hits = listener
    hostile = f"<img src=file:///etc/passwd></style><link rel=attachment href=http://127.0.0.1:{port}/>{{{{ title }}}}"
    result = make([Paragraph(hostile), Heading(1, hostile)], title=hostile, context={"office": hostile})
    text = "".join(page_text(result.data)).replace(" ", "")
    assert text.count("<imgsrc=file:///etc/passwd></style>") == 4
    assert "{{title}}" in text
    assert not hits and not result.refused


def test_markup_that_got_in_still_fetches_nothing(listener):
    port, hits = listener
    url = f"http://127.0.0.1:{port}/x"
    fetcher = ClosedFetcher()
    html = f"""<link rel=stylesheet href={url}><link rel=attachment href=file:///etc/passwd><img src={url}>
        <style>@import url({url}); @font-face {{font-family: f; src: url({url})}} p {{background: url({url})}}</style>
        <p style="font-family: f">甲</p><embed src={url}><object data=file:///etc/passwd></object>
        <svg><image href="{url}"/><use href="{url}#a"/></svg>"""
    data = HTML(string=html, url_fetcher=fetcher).write_pdf()
    assert not hits
    assert b"root:" not in data and raw.FPDFDoc_GetAttachmentCount(opened(data)) == 0
    assert url in fetcher.refused


@pytest.mark.parametrize(
    "url",
    [
        "static:../liaison/settings/base.py",
        "static:documents/../../manage.py",
        "static:/etc/passwd",
        "static:documents/document.css/../../../README.md",
        "media:1",
        "data:text/html,<p>",
        "data:image/svg+xml;base64,PHN2Zy8+",
        "data:image/png;base64,bm90IGEgcGljdHVyZQ==",
        "data:image/png;base64," + "A" * 500_000,
        "file:///etc/passwd",
        "FILE:///etc/passwd",
        "ftp://127.0.0.1/",
    ],
)
def test_fetcher_refuses(url):
    with pytest.raises(Refused):
        ClosedFetcher().fetch(url)


def test_static_link_that_leaves_its_folder_is_refused(settings, tmp_path):
    secret = tmp_path / "secret.css"
    secret.write_text("p {}")
    folder = tmp_path / "static"
    folder.mkdir()
    (folder / "link.css").symlink_to(secret)
    settings.STATICFILES_DIRS, settings.STATIC_ROOT = [folder], str(folder)
    with pytest.raises(Refused):
        ClosedFetcher().fetch("static:link.css")


def test_collected_static_files_are_found(settings, tmp_path):
    settings.STATIC_ROOT = str(tmp_path)
    (tmp_path / "only-collected.css").write_text("p {}")
    assert ClosedFetcher().fetch("static:only-collected.css").read() == b"p {}"


def test_photos_come_through_the_resolver():
    import base64

    pdf.media_resolver = lambda media_id: (base64.b64decode(PIXEL), "image/png") if media_id == "7" else None
    result = make([Picture("7", "现场"), Picture("8", "没有")])
    assert result.refused == ["media:8"]
    images = list(opened(result.data)[0].get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]))
    assert len(images) == 1


def test_document_templates_keep_escaping_on_and_styles_out():
    for path in (ROOT / "templates" / "documents").glob("*.html"):
        assert not re.search(r"\|\s*safe|autoescape off|style=|<script|\bon\w+=", path.read_text()), path.name


# --- the same again ---------------------------------------------------------------------------------

SCRIPT = """
import django; django.setup()
from tests.pdf.conftest import make
from core.pdf.blocks import Heading, Paragraph
import hashlib; print(hashlib.sha256(make([Heading(1, "标题"), Paragraph("正文2026𬭎")]).data).hexdigest())
"""


def test_same_data_gives_the_same_bytes_in_another_process():
    blocks = [Heading(1, "标题"), Paragraph("正文2026𬭎")]
    make([Paragraph("另一份文件在前")])
    here = hashlib.sha256(make(blocks).data).hexdigest()
    environment = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT)}
    other = subprocess.run([sys.executable, "-c", SCRIPT], env=environment, cwd=ROOT, capture_output=True, text=True)
    assert other.stdout.strip() == here, other.stderr


def test_another_text_gives_another_identifier():
    assert make([Paragraph("甲")]).data != make([Paragraph("乙")]).data


# --- metadata ---------------------------------------------------------------------------------------


def test_metadata_language_and_bookmarks():
    blocks = number_headings([Heading(1, "总体情况"), Heading(2, "学习"), Heading(1, "打算")])
    file = opened(make(blocks, author="联络办公室").data)
    facts = file.get_metadata_dict()
    assert (facts["Title"], facts["Author"]) == ("年度工作总结", "联络办公室")
    assert facts["CreationDate"].startswith("D:20260305083000")
    assert [(item.level, item.get_title()) for item in file.get_toc()] == [
        (0, "年度工作总结"),
        (1, "一、总体情况"),
        (2, "（一）学习"),
        (1, "二、打算"),
    ]


def test_document_is_tagged_and_says_its_language():
    data = make([Paragraph("正文")]).data
    file = opened(data)
    assert raw.FPDFCatalog_IsTagged(file)
    buffer = (raw.FPDF_WCHAR * 20)()
    raw.FPDFCatalog_GetLanguage(file, buffer, 40)
    assert bytes(buffer).decode("utf-16-le").rstrip("\0") == "zh-CN"


def test_stages_are_announced_in_order():
    heard = []
    pdf.render("documents/composed.html", {}, title="甲", created=CREATED, on_stage=heard.append)
    assert [stage for stage in heard if "页" not in stage] == list(STAGES)


def test_long_documents_tell_the_page(monkeypatch):
    monkeypatch.setattr("core.pdf.progress.SECONDS", 0)
    heard = []
    make([Paragraph("田" * 28 * 50)], on_stage=heard.append)
    assert "排版（第3页）" in heard
