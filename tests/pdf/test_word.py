"""The same blocks as Word: structure, sheet and bytes of the file."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import docx as word
import pytest
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from lxml import etree
from openpyxl import load_workbook

from core import docx, qr
from core.errors import DomainError
from core.pdf import blocks as b
from core.pdf.board import A4, YearBoard

from .conftest import CREATED

DRAWING = qr.drawn("https://example.org/1")
BLOCKS = [
    b.Cover("提案汇编", ["云溪县政协"]),
    b.Contents([("第1号　修路", "p-1")]),
    b.Paragraph("张三委员：", indent=False),
    b.Heading(1, "总体情况", number="一、", anchor="p-1"),
    b.Heading(2, "其次", number="（一）"),
    b.Paragraph(["活动", b.Figure(38, "次"), "。\x07<b>&\ufeff"]),
    b.Table([b.Column("甲", 30), b.Column("乙", 70)], [[1, "上\n下"], [None, "=1+1"]], "表一"),
    b.Grid([20, 30, 20, 30], [["号", "1", "人", "二"], ["案由", "长"]], lines=2),
    b.ProgressTable([b.Progress("走访", 3, 2, "次")], "进度"),
    b.Bars("各月", [("三月", 4), ("四月", 0)], "次"),
    b.Index("索引", [("张三", ["p-1"])]),
    b.Code("https://example.org/1", "扫码", DRAWING.size, DRAWING.path),
    b.Attachments(["甲表", "乙表"]),
    b.Signature("云溪县交通局", date(2026, 3, 5), sealed=True),
    b.Signature("云溪县政协委员联络办公室", date(2026, 3, 5)),
    b.Remark("联系人：李四"),
    b.Copies(["县政协"]),
    b.PageBreak(),
]


def made(blocks=BLOCKS, **options) -> bytes:
    return docx.render(blocks, **{"title": "关于修路的答复", "created": CREATED, **options})


@pytest.fixture(scope="module")
def data():
    return made(head=b.Letterhead("云溪县交通局", "云交〔2026〕1号", "A"), author="云溪县交通局")


@pytest.fixture(scope="module")
def opened(data):
    return word.Document(io.BytesIO(data))


def texts(document):
    return [paragraph.text for paragraph in document.paragraphs]


def test_the_same_blocks_give_the_same_bytes(data):
    again = made(head=b.Letterhead("云溪县交通局", "云交〔2026〕1号", "A"), author="云溪县交通局")
    assert again == data


def test_every_part_is_sound_xml(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(archive.read(name))


def test_nothing_is_lost(opened):
    said = "\n".join(texts(opened))
    wanted = [
        "提案汇编",
        "张三委员：",
        "一、总体情况",
        "活动38次。<b>&",
        "附件：1.甲表",
        "2026年3月5日",
        "（联系人：李四）",
        "抄送：县政协。",
    ]
    assert [each for each in wanted if each not in said] == []
    assert [table.cell(0, 0).text for table in opened.tables] == ["甲", "号", "目标", ""]
    assert opened.tables[3].cell(0, 1).text == "扫码"


def test_a_chart_is_one_of_word_with_its_numbers_in_a_workbook(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        chart = etree.fromstring(archive.read("word/charts/chart1.xml"))
        book = load_workbook(io.BytesIO(archive.read("word/embeddings/chart1.xlsx"))).active
    drawn = [each.text for each in chart.iter("{*}v")]
    assert drawn == ["数量（次）", "三月", "四月", "4", "0"]
    assert [list(row) for row in book.iter_rows(values_only=True)] == [["项目", "数量（次）"], ["三月", 4], ["四月", 0]]


def test_columns_stand_upright_and_end_at_their_most():
    with zipfile.ZipFile(io.BytesIO(made([b.Columns("到会率", [("1月", 80.5)], "%", most=100)]))) as archive:
        chart = archive.read("word/charts/chart1.xml").decode()
    assert 'barDir val="col"' in chart and '<c:max val="100"/>' in chart and "80.5" in chart


def test_the_sheet_is_that_of_the_standard(opened):
    section = opened.sections[0]
    sizes = [round(each.mm) for each in (section.page_width, section.page_height, section.header_distance,
                                         section.left_margin, section.right_margin, section.bottom_margin)]  # fmt: skip
    assert sizes == [210, 297, 19, 28, 26, 35]
    # A negative margin is exact: the head of a letter does not push its text down.
    assert made_sheet().top_margin.mm == pytest.approx(37, abs=0.1) and section.top_margin == -made_sheet().top_margin
    grid = section._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")


def made_sheet(**options):
    return word.Document(io.BytesIO(made([b.Paragraph("字")], **options))).sections[0]


def test_a_line_holds_28_characters_and_a_page_22_lines(opened):
    """In twentieths of a point: what is wider or higher by one of them goes to the next line or page."""
    normal, section = opened.styles["Normal"], made_sheet()
    pitch = normal.font.size.pt * 20 + int(normal.element.rPr.find(qn("w:spacing")).get(qn("w:val")))
    width = (section.page_width - section.left_margin - section.right_margin) / 635
    assert 28 * pitch <= width < 29 * pitch
    height = (section.page_height - section.top_margin - section.bottom_margin) / 635
    line = normal.paragraph_format.line_spacing.twips
    assert 22 * line <= height < 23 * line


def test_a_sheet_turned_by_a_quarter_keeps_its_text_block():
    section = made_sheet(wide=True)
    assert round((section.page_width - section.left_margin - section.right_margin) / 36000) == 225
    assert round((section.page_height - section.top_margin - section.bottom_margin) / 36000) == 156


def test_properties_stand_in_the_order_word_wants(opened):
    """A schema violation that Word repairs: w:pBdr after w:spacing, w:tcW not first."""
    roots = [opened.element, opened.styles.element, opened.settings.element,
             opened.sections[0].first_page_header._element, opened.sections[0].first_page_footer._element,
             opened.sections[0].footer._element]  # fmt: skip
    for root in roots:
        for kind, order in ORDER.items():
            for properties in root.iter(qn(f"w:{kind}")):
                places = [order.index(name) for child in properties if (name := etree.QName(child).localname) in order]
                assert places == sorted(places), etree.tostring(properties)


#: Children in the order of ECMA-376 part 1, annex A: those that occur in our files.
ORDER = {
    "pPr": ["pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr",
            "suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap",
            "overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid",
            "spacing", "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc", "textDirection",
            "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr"],
    "rPr": ["rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "color", "spacing", "w", "kern", "position", "sz",
            "szCs", "highlight", "u", "lang"],
    "tblPr": ["tblStyle", "tblpPr", "tblOverlap", "tblStyleRowBandSize", "tblStyleColBandSize", "tblW", "jc",
              "tblInd", "tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook"],
    "tcPr": ["cnfStyle", "tcW", "gridSpan", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "vAlign"],
    "sectPr": ["pgSz", "pgMar", "pgNumType", "cols", "titlePg", "docGrid"],
    "settings": ["zoom", "proofState", "defaultTabStop", "evenAndOddHeaders", "characterSpacingControl", "compat",
                 "rsids", "themeFontLang", "clrSchemeMapping", "decimalSymbol", "listSeparator"],
}  # fmt: skip


def test_fonts_are_named_for_chinese(opened):
    fonts = opened.styles["Normal"].element.rPr.find(qn("w:rFonts"))
    assert fonts.get(qn("w:eastAsia")) == "仿宋_GB2312"
    assert opened.styles["Heading 1"].element.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia")) == "黑体"


def test_the_head_of_a_letter_is_on_its_first_page_only(opened):
    section = opened.sections[0]
    assert section.different_first_page_header_footer
    assert [each.text for each in section.first_page_header.paragraphs] == ["A", "云溪县交通局"]
    assert section.header_distance.mm == pytest.approx(30 - 30 / 72 * 25.4, abs=0.1)
    assert section.header.paragraphs[0].text == ""
    assert "PAGE" not in section.first_page_footer._element.xml
    assert "PAGE" in section.footer._element.xml and "PAGE" in section.even_page_footer._element.xml


def test_contents_name_pages_by_fields_that_find_their_mark(opened):
    xml = opened.element.xml
    assert xml.count("PAGEREF p_1 \\h") == 2 and 'w:name="p_1"' in xml


def test_a_new_page_begins_without_an_empty_line_and_tables_stay_apart():
    table = b.Table([b.Column("甲", 100)], [[1]])
    body = word.Document(io.BytesIO(made([b.Paragraph("一"), b.PageBreak(), b.Paragraph("二"), table, table,
                                          b.PageBreak()], with_title=False))).element.body  # fmt: skip
    names = [etree.QName(each).localname for each in body]
    assert names == ["p", "p", "p", "tbl", "p", "p", "tbl", "p", "sectPr"]
    assert [each.find(f".//{qn('w:pageBreakBefore')}") is not None for each in body[:3]] == [False, True, False]


def test_a_signature_takes_the_last_row_or_line_with_it():
    table = b.Table([b.Column("甲", 100)], [["一"], ["末"]])
    kept = [each.text for each in held_with_next([table, b.Signature("办公室", date(2026, 3, 5))])]
    assert kept == ["", "甲", "末", "", "", "办公室"]
    kept = [each.text for each in held_with_next([b.Paragraph("正文"), b.Signature("办公室", date(2026, 3, 5))])]
    assert kept == ["正文", "", "办公室"]


def held_with_next(blocks):
    body = word.Document(io.BytesIO(made(blocks, with_title=False))).element.body
    return [Paragraph(each, None) for each in body.iter(qn("w:p")) if each.find(f".//{qn('w:keepNext')}") is not None]


def test_pictures_have_numbers_of_their_own_and_words(opened):
    shapes = [each for each in opened.element.iter() if etree.QName(each).localname == "docPr"]
    numbers = [each.get("id") for each in shapes]
    assert len(numbers) == len(set(numbers)) and "二维码：https://example.org/1" in [
        each.get("descr") for each in shapes
    ]


def test_a_table_is_as_wide_as_the_text_block(opened):
    for table in opened.tables:
        widths = [int(each.get(qn("w:w"))) for each in table._tbl.tblGrid]
        assert sum(widths) == pytest.approx(156 / 25.4 * 1440, abs=3)
        assert table._tbl.tblPr.find(qn("w:tblW")).get(qn("w:w")) == str(sum(widths))


def test_the_file_speaks_chinese_and_is_of_today(opened):
    assert {each.get(qn("w:eastAsia")) for each in opened.styles.element.iter(qn("w:lang"))} == {"zh-CN"}
    modes = [each for each in opened.settings.element.iter(qn("w:compatSetting"))
             if each.get(qn("w:name")) == "compatibilityMode"]  # fmt: skip
    assert [each.get(qn("w:val")) for each in modes] == ["15"]


def test_a_head_is_repeated_and_no_row_is_split(opened):
    rows = opened.tables[0].rows
    assert rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in rows)


def test_the_year_on_one_sheet_is_no_word_document():
    with pytest.raises(DomainError, match="只能生成 PDF"):
        made([YearBoard(A4[0], [], [], "")])
