"""Plans as files: encodings of text, Word with tables and numbers it writes by itself, and files that are refused."""

from __future__ import annotations

import io
import json

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from core.errors import DomainError
from plans.reading import read
from plans.reading.documents import LONGEST, text_in, text_of
from tests.plans.reading_score import NAMES, source

PLAN = "一、学习\n每季度集中学习１次。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_in_the_usual_encodings(encoding):
    assert text_in(PLAN.encode(encoding), "计划.txt") == PLAN


def word(build) -> bytes:
    document = docx.Document()
    build(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_paragraphs_and_tables_of_word_in_their_order():
    def build(document):
        document.add_paragraph("2025年安排")
        table = document.add_table(rows=2, cols=3)
        for row, texts in zip(
            table.rows, (("月份", "活动内容", "承办单位"), ("5月", "视察农贸市场", "办公室")), strict=True
        ):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        document.add_paragraph("说明：可作调整。")

    text = text_in(word(build), "计划.docx")
    assert text.split("\n") == [
        "2025年安排",
        "月份\t活动内容\t承办单位",
        "5月\t视察农贸市场\t办公室",
        "说明：可作调整。",
    ]
    (item,) = read(text).items
    assert (item.month, item.kind, item.title, item.organisers) == (5, "inspection", "视察农贸市场", ["办公室"])


def test_merged_cells_are_written_once():
    def build(document):
        table = document.add_table(rows=3, cols=2)
        table.cell(0, 0).merge(table.cell(0, 1)).text = "活动安排"
        table.cell(1, 0).merge(table.cell(2, 0)).text = "6月"
        table.cell(1, 1).text, table.cell(2, 1).text = "集中学习", "走访委员"

    assert text_in(word(build), "计划.docx") == "活动安排\n6月\t集中学习\n\t走访委员"


def test_numbers_word_writes_by_itself_become_text():
    def build(document):
        for text in ("组织视察", "组织调研"):
            document.add_paragraph(text, style="List Number")
        document.add_paragraph("组织走访", style="List Bullet")

    assert text_in(word(build), "计划.docx").split("\n") == ["1.组织视察", "2.组织调研", "· 组织走访"]


def upload(data: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 99, "计划.doc", "另存为 .docx"),
        (b"%PDF-1.7", "计划.pdf", "只接收"),
        (b"", "计划.txt", "空文件"),
        (b"not a document", "计划.docx", "已损坏"),
        (bytes(range(128, 256)) * 9, "计划.txt", "不是文本文件"),
        ("字".encode() * (LONGEST + 1), "计划.txt", "不像一份计划"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(data, name, sentence):
    with pytest.raises(DomainError, match=sentence):
        text_of(upload(data, name))


# --- the command -----------------------------------------------------------------------------------------------------
def printed(*args: str) -> str:
    out = io.StringIO()
    call_command("plan_from_text", *args, stdout=out)
    return out.getvalue()


def test_the_command_prints_one_json_object(tmp_path):
    path = tmp_path / "plan.txt"
    path.write_text(source("03-consultation-labelled"), encoding="gb18030")
    found = json.loads(printed(str(path), "--json"))
    assert list(found) == ["sections", "targets", "items", "left_over"]
    assert set(found["sections"][0]) == {"title", "level", "body"}
    first = found["items"][0]
    assert (first["form"], first["month"], first["part_of_month"]) == ("全体会议协商", None, "plenary")
    assert found["targets"][0] == {
        "text": "2025年重点协商活动共安排7项", "measure": "activities", "filters": {"type": "consultation"},
        "metric": "records", "operator": "exactly", "amount": 7, "amount_max": None, "period": "year",
        "scope": "office",
    }  # fmt: skip


def test_the_command_without_json_is_for_people(tmp_path):
    path = tmp_path / "plan.txt"
    path.write_text(source(NAMES[0]), encoding="utf-8")
    assert "目标：" in printed(str(path)) and "抓好集中学习" in printed(str(path))


def test_a_missing_file_is_said(tmp_path):
    with pytest.raises(CommandError, match="cannot read"):
        printed(str(tmp_path / "nothing.txt"), "--json")
