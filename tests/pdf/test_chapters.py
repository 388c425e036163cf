"""A volume laid out in chapters reads like one laid out in one piece, and its bytes know nothing of who did what."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from core import pdf
from core.pdf.blocks import Contents, Cover, Heading, Index, PageBreak, Paragraph, Picture, Table
from core.pdf.blocks.tables import Column
from core.pdf.chapters import crew, cutting
from core.pdf.chapters.crew import Broken

from .conftest import CREATED, make
from .measure import embedded_fonts, opened, page_text
from .test_engine import PIXEL

TEXT = "推进社区养老服务设施建设，完善基层医疗卫生保障体系。" * 12
NAMES = ["王喆", "郑䶮", "赵文"]


def volume_blocks():
    """A cover, contents, three proposals of different length, a table, an index."""
    made = [Cover("提案汇编", ["云溪县政协"]), Contents([(f"第{at}号", f"p{at}") for at in (1, 2, 3)])]
    for at, name in enumerate(NAMES, 1):
        made += [Heading(1, f"第{at}号", number="", anchor=f"p{at}"), Paragraph(f"提案者：{name}")]
        made += [Paragraph(TEXT)] * (3 * at) + [PageBreak()]
    made += [Table([Column("姓名", 50), Column("件数", 50)], [[name, 1] for name in NAMES]), PageBreak()]
    return [*made, Index("提案者索引", [(name, [f"p{at}", "p1"]) for at, name in enumerate(NAMES, 1)])]


@pytest.fixture(autouse=True, scope="module")
def small_chapters():
    """So that a few pages are several chapters."""
    before, cutting.FULL = cutting.FULL, 1500
    yield
    cutting.FULL = before


def volume(blocks, processes=2, **options):
    context = {"blocks": blocks, "with_title": False}
    values = {"title": "提案汇编", "author": "联络办公室", "created": CREATED, **options}
    return pdf.render_volume("documents/composed.html", context, processes=processes, **values)


@pytest.fixture(scope="module")
def whole():
    return volume(volume_blocks())


def words(data):
    """The characters of each page, in no order: a PDF may draw its page number first or last."""
    return [sorted("".join(text.split())) for text in page_text(data)]


def test_every_page_reads_as_in_one_piece(whole):
    plain = make(volume_blocks(), context={"with_title": False}, title="提案汇编")
    assert whole.pages == plain.pages > 6
    assert words(whole.data) == words(plain.data)


def test_pages_count_through_and_contents_name_them(whole):
    pages = page_text(whole.data)
    assert [int(re.search(r"— (\d+) —", text)[1]) for text in pages] == list(range(1, whole.pages + 1))
    begins = [next(at for at, text in enumerate(pages, 1) if f"提案者：{name}" in text) for name in NAMES]
    listed = re.findall(r"第\d号\s*(\d+)", pages[1])
    assert [int(number) for number in listed] == begins
    assert re.search(rf"郑䶮\s*{begins[1]}，{begins[0]}", pages[-1])


def test_one_process_and_two_give_the_same_bytes(whole):
    again = volume(volume_blocks(), processes=1)
    assert hashlib.sha256(again.data).hexdigest() == hashlib.sha256(whole.data).hexdigest()


def test_bookmarks_and_links_lead_through_the_whole(whole):
    file = opened(whole.data)
    marks = [(item.level, item.get_title(), item.get_dest().get_index()) for item in file.get_toc()]
    assert [mark[1] for mark in marks] == ["提案汇编", "目　录", "第1号", "第2号", "第3号", "提案者索引"]
    assert marks[-1][2] == whole.pages - 1
    assert [mark[0] for mark in marks] == [0, 1, 1, 1, 1, 1]
    assert b"volume.invalid" not in whole.data


def test_metadata_and_each_font_once(whole):
    facts = opened(whole.data).get_metadata_dict()
    assert (facts["Title"], facts["Author"]) == ("提案汇编", "联络办公室")
    assert facts["CreationDate"].startswith("D:20260305083000")
    assert all(embedded_fonts(whole.data).values())
    assert len(whole.fonts) == len(set(whole.fonts))


def test_a_missing_glyph_in_one_chapter_stops_the_volume():
    blocks = [Paragraph(TEXT), PageBreak(), Paragraph("委员\U000f0001同志")]
    with pytest.raises(pdf.MissingGlyph, match=r"U\+F0001"):
        volume(blocks, processes=1)


def test_photos_reach_the_children_and_unknown_ones_are_named():
    pdf.media_resolver = lambda media_id: (base64.b64decode(PIXEL), "image/png") if media_id == "7" else None
    result = volume([Picture("7", "现场"), PageBreak(), Picture("8", "没有")], processes=1)
    assert result.refused == ["media:8"]


def test_cancelling_ends_the_children_at_once(monkeypatch):
    started, told = [], []
    real = crew._started
    monkeypatch.setattr(crew, "_started", lambda: started.append(real()) or started[-1])

    class Cancelled(Exception):
        pass

    def announce(stage, done, total, unit):
        if told.append(stage) or told.count("正在排版") > 1:  # somebody is at work
            raise Cancelled

    with pytest.raises(Cancelled):
        volume([Paragraph(TEXT)] * 400, on_stage=announce)
    assert all(process.returncode == -9 for process in started)


def test_a_child_that_dies_is_an_error_and_not_an_endless_wait(monkeypatch):
    real = crew._started

    def dying():
        process = real()
        process.kill()
        return process

    monkeypatch.setattr(crew, "_started", dying)
    with pytest.raises((Broken, BrokenPipeError)):
        volume([Paragraph("甲")], processes=1)


def test_a_child_sees_neither_database_nor_secrets():
    process = crew._started()
    try:
        environment = Path(f"/proc/{process.pid}/environ").read_bytes()
        assert not [name for name in (b"DATABASE", b"SECRET", b"REDIS", b"DJANGO") if name in environment]
    finally:
        crew._end(process)


def test_chapters_are_cut_at_new_pages_only():
    blocks = [
        Paragraph("甲" * 1400),
        Paragraph("乙" * 1400),
        PageBreak(),
        Paragraph("丙"),
        PageBreak(),
        Paragraph("丁"),
    ]
    chapters = cutting.cut(blocks)
    assert [[each.runs[0] for each in chapter.blocks if isinstance(each, Paragraph)] for chapter in chapters] == [
        ["甲", "乙"], ["丙", "丁"]]  # fmt: skip
    assert not any(isinstance(chapter.blocks[-1], PageBreak) for chapter in chapters)


ORPHAN = """
import os, signal
from django.conf import settings
settings.configure(FONT_DIRS=[], VAR="/tmp")
from core.pdf.chapters.crew import crew
with crew(1, print) as hands:
    print(hands.processes[0].pid, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_children_die_with_a_killed_parent(tmp_path):
    environment = {**os.environ, "PYTHONPATH": str(crew.ROOT), "TMPDIR": str(tmp_path)}
    parent = subprocess.run([sys.executable, "-c", ORPHAN], env=environment, capture_output=True, text=True)
    child = Path(f"/proc/{int(parent.stdout)}")
    until = time.monotonic() + 10
    while child.exists() and "Z" not in child.joinpath("stat").read_text().rpartition(")")[2][:3]:
        assert time.monotonic() < until, "the child outlived its parent"
        time.sleep(0.05)
