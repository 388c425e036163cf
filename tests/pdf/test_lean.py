"""The shorter ways through WeasyPrint (core.pdf.lean) print the same bytes as the library does."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core import pdf
from core.pdf import lean
from core.pdf.blocks import (
    Bars,
    Colophon,
    Column,
    Contents,
    Cover,
    Grid,
    Heading,
    Index,
    PageBreak,
    Paragraph,
    Signature,
    Table,
)

ROOT = Path(__file__).resolve().parents[2]
CREATED = datetime(2026, 1, 1, tzinfo=UTC)
TEXT = "推进“老旧小区”改造，落实2026年第12号提案——Liaison portal、养老服务设施建设与营商环境治理。" * 5
CHILD = """
import django
django.setup()
from core.pdf import lean
lean.install = lambda: None
lean.Source._ua_stylesheets = lean.HTML._ua_stylesheets
from tests.pdf.test_lean import printed
print(printed())
"""


def blocks() -> list:
    columns = [Column("序号", 10, "center"), Column("事项\n和说明", 70), Column("数", 20, "right")]
    rows = [(at, TEXT[: at * 7], at * 31) for at in range(1, 25)]
    return [
        Cover("资料汇编", ["云溪县"]), Contents([("一、总体情况", "a")]), Heading(1, "总体情况", anchor="a"),
        *[Paragraph(TEXT[at:]) for at in range(6)], Table(columns, rows, caption="一览表"), PageBreak(),
        Grid([20, 80], [("姓名", ""), ("意见", TEXT)], lines=2), Bars("件数", [("甲", 3), ("乙", 5)]),
        Index("索引", [("赵明", ["a"])]), Signature("云溪县政协", CREATED.date()),
        Colophon(["各部门"], "云溪县政协办公室", CREATED.date()),
    ]  # fmt: skip


def printed() -> str:
    made = pdf.render("documents/composed.html", {"blocks": blocks()}, title="汇编", created=CREATED)
    return hashlib.sha256(made.data).hexdigest()


def test_bytes_are_those_of_the_untouched_library():
    child = subprocess.run([sys.executable, "-c", CHILD], cwd=ROOT, check=True, capture_output=True, text=True)
    assert child.stdout.split()[-1] == printed()


def test_it_was_written_for_the_version_that_is_installed():
    assert lean.weasyprint.__version__ == lean.WRITTEN_FOR


@pytest.mark.parametrize(("text", "lists"), [("<link rel=x>", False), ("<ul><li>a", True), ('<li class="b">', True)])
def test_only_lists_get_the_rules_of_lists(text, lists):
    assert lean.Source(text, None)._has_lists is lists
