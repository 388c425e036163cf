"""A character that cannot be printed is shown where it stands."""

from __future__ import annotations

import pytest

from core import pdf
from core.pdf.blocks import Column as C
from core.pdf.blocks import Figure, Heading, Masthead, Paragraph, Table
from core.pdf.whereabouts import places
from reports.documents import Composition
from reports.printing import as_pdf

from .conftest import CREATED

BAD = "\U000f0001"


def test_the_first_place_of_each_character_below_its_heading():
    blocks = [
        Heading(1, "参加人员"),
        Paragraph(["到会", Figure(3, "人"), f"：委员王{BAD}同志等"]),
        Table([C("姓名", 100)], [["甲"], [f"李{BAD}"]]),
    ]
    assert places(BAD, blocks) == [f"“参加人员”下的“：委员王{BAD}同志等”"]


def test_long_texts_are_cut_around_it_and_few_places_told():
    around = "一二三四五六七八九十"
    assert places(BAD, [Paragraph(f"{around}{BAD}{around}")]) == [f"“…三四五六七八九十{BAD}一二三四五六七八…”"]
    others = "\U000f0002\U000f0003\U000f0004"
    assert len(places(BAD + others, [Paragraph(each) for each in BAD + others])) == 3


def test_headings_tables_and_heads_are_searched():
    table = Table([C("姓名", 100)], [[f"李{BAD}"]])
    assert places(BAD, ["标题", Masthead(f"{BAD}文件", ""), table]) == [f"“{BAD}文件”"]
    assert places(BAD, [Heading(1, f"{BAD}一")]) == [f"“{BAD}一”"] and places(BAD, [None, Paragraph("没有")]) == []


def test_the_sentence_of_a_document_names_character_and_place():
    found = Composition("总结", "办公室", blocks=[Heading(1, "概况", number="一、"), Paragraph(f"委员{BAD}同志")])
    with pytest.raises(pdf.MissingGlyph) as caught:
        as_pdf(found, author="办公室", as_of=CREATED)
    assert "U+F0001" in caught.value.message and f"见“概况”下的“委员{BAD}同志”。" in caught.value.message
    assert caught.value.message.endswith("重试。")
