"""A file to be kept for decades: PDF/A-2u, and the same bytes each time."""

from __future__ import annotations

import io
import re

import pikepdf

from core.pdf.blocks import Bars, Heading, Paragraph

from .conftest import make

BLOCKS = [
    Heading(1, "概况", number="一、"),
    Paragraph("全年开展活动16次，㛃小喆委员到场。"),
    Bars("各月", [("一月", 3)]),
]


def archival():
    return make(BLOCKS, title="云溪县政协\n年度工作总结", archival=True).data


def test_it_says_what_it_is_and_has_what_that_asks_for():
    with pikepdf.open(io.BytesIO(archival())) as file:
        said = file.Root.Metadata.read_bytes().decode()
        intents = [str(each.S) for each in file.Root.OutputIntents]
        fonts = [font for page in file.pages for font in page.Resources.Font.values()]
        embedded = [any(key.startswith("/FontFile") for key in font.DescendantFonts[0].FontDescriptor)
                    for font in fonts]  # fmt: skip
        readable = ["/ToUnicode" in font for font in fonts]
    assert re.search('pdfaid:part="2" pdfaid:conformance="U"', said) and "云溪县政协年度工作总结" in said
    assert intents == ["/GTS_PDFA1"] and fonts and all(embedded) and all(readable)


def test_the_same_data_gives_the_same_bytes():
    assert archival() == archival()


def test_other_files_do_not_claim_it():
    with pikepdf.open(io.BytesIO(make(BLOCKS).data)) as file:
        assert "/OutputIntents" not in file.Root
