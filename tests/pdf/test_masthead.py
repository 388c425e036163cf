"""The ordinary document after GB/T 9704-2012 7.2 to 7.4, measured on the produced page in millimetres and points."""

from __future__ import annotations

import io
from datetime import date
from itertools import groupby
from operator import itemgetter

import docx as word
import pytest
from docx.oxml.ns import qn
from pypdfium2 import raw

from core import docx, pdf
from core.docx.fonts import RED
from core.pdf.blocks import (
    Annex,
    Attachments,
    Colophon,
    Column,
    Heading,
    Masthead,
    MinutesHead,
    Paragraph,
    Present,
    Remark,
    Signature,
    Table,
    number_headings,
)

from .conftest import CREATED
from .measure import MM, characters, lines, opened, page_number

CHAR, LINE = 156 / 28, 225 / 22
FRAME = qn("w:framePr")
DAY = date(2026, 3, 5)
COLOPHON = Colophon(["县委办公室，县政府办公室"] * 4, "云溪县政协办公室", DAY)
UPWARD = Masthead("云溪县政协文件", "云协〔2026〕1号", "张三", copy_no="12", secrecy="秘密★1年", urgency="特急")


def printed(head, blocks) -> list:
    context = {"blocks": blocks, "head": head}
    data = pdf.render("documents/composed.html", context, title="关于开展视察的通知", created=CREATED).data
    return list(opened(data))


def found(page, text: str):
    """The characters of the first line of the page that holds the text."""
    return next(line for line in lines(characters(page)) if text in said(line))


def said(chars) -> str:
    return "".join(char.text for char in chars)


def rules(page) -> list[tuple[float, float, float]]:
    """(left, right, top) of areas that are as wide as the text block, in mm, from above."""
    made = []
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=5):
        left, _, right, top = item.get_bounds()
        if (right - left) * MM > 150:
            made.append((left * MM, right * MM, (page.get_height() - top) * MM))
    return sorted(made, key=lambda rule: rule[2])


def strokes(page, top: float, bottom: float) -> list[tuple[float, float]]:
    """(thickness, lower edge) in mm of the dark strokes between two heights, measured on the picture."""
    per_mm = 40
    picture = page.render(scale=per_mm * MM).to_pil().convert("L")
    heights = range(round(top * per_mm), round(bottom * per_mm))
    dark = [(y, picture.getpixel((round(28.6 * per_mm), y)) < 128) for y in heights]
    runs = [[y for y, _ in group] for is_dark, group in groupby(dark, key=itemgetter(1)) if is_dark]
    return [(len(run) / per_mm, (run[-1] + 1) / per_mm) for run in runs]


@pytest.fixture(scope="module")
def page():
    return printed(UPWARD, [Paragraph("田" * 28 * 3)])[0]


def test_the_name_is_red_song_title_35_mm_below_the_text_block_edge(page):
    name = found(page, "云溪县政协文件")
    assert min(char.top for char in name) == pytest.approx(37 + 35, abs=0.5)
    assert (name[0].left + name[-1].right) / 2 == pytest.approx(28 + 78, abs=0.8)
    assert {round(char.size) for char in name} == {42}
    x, y = (name[0].left + name[0].right) / 2, (name[0].top + name[0].bottom) / 2
    assert red_near(page, x, y)


def red_near(page, x: float, y: float) -> bool:
    picture = page.render(scale=10 * MM).to_pil().convert("RGB")
    spots = [picture.getpixel((round(x * 10) + dx, round(y * 10) + dy)) for dx in range(-50, 50) for dy in (-20, 0, 20)]
    return (215, 0, 15) in spots


def test_number_and_signer_stand_two_lines_below_one_character_in(page):
    name, line = found(page, "云溪县政协文件"), found(page, "云协〔2026〕1号")
    assert said(line) == "云协〔2026〕1号签发人：张三"
    assert line[0].x == pytest.approx(28 + CHAR, abs=0.4) and line[-1].x + CHAR == pytest.approx(184 - CHAR, abs=0.4)
    assert min(char.top for char in line) - max(char.bottom for char in name) == pytest.approx(2 * LINE + 4.9, abs=1.2)
    assert {char.font.split("+")[-1] for char in line[-2:]} == {"FandolKai"}


def test_the_red_rule_lies_4_mm_below_and_is_as_wide_as_the_text(page):
    left, right, top = rules(page)[0]
    assert (left, right) == pytest.approx((28, 184), abs=0.2)
    assert top - max(char.bottom for char in found(page, "云协〔2026〕1号")) == pytest.approx(4, abs=0.5)


def test_the_title_begins_two_lines_below_the_rule_and_the_text_keeps_the_grid(page):
    title = found(page, "关于开展视察的通知")
    assert min(char.top for char in title) - rules(page)[0][2] == pytest.approx(2 * LINE, abs=1.5)
    body = found(page, "田田")
    assert (body[0].y - LINE / 2 - 0.38 * CHAR - 37) / LINE == pytest.approx(12, abs=0.03)


def test_copy_number_secrecy_and_urgency_take_the_first_three_lines(page):
    shown = [found(page, words) for words in ("000012", "秘密★1年", "特急")]
    assert [round((line[0].y - 37) / LINE - 0.5, 1) for line in shown] == [0.2, 1.2, 2.2]
    assert all(line[0].x == pytest.approx(28, abs=0.4) for line in shown)
    assert [line[-1].font.split("+")[-1] for line in shown[1:]] == ["FandolHei"] * 2


def test_a_number_alone_is_centred():
    line = found(printed(Masthead("云溪县政协文件", "云协〔2026〕12号"), [Paragraph("文。")])[0], "云协")
    assert (line[0].left + line[-1].right) / 2 == pytest.approx(28 + 78, abs=0.8)


@pytest.mark.parametrize(
    ("name", "size"), [("云溪县政协文件", 42), ("云溪县政协委员联络办公室文件", 28), ("长" * 40, 20)]
)
def test_a_long_name_is_set_in_smaller_type(name, size):
    assert Masthead(name, "").type_size == size


# --- 版记 ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("rows", "stands", "numbers"),
    [
        (2, 2, ["—1—", "—2—"]),  # the text ends on the first page
        (20, 2, ["—1—", "—2—"]),  # on the second, with room
        (31, 4, ["—1—", "—2—", "", ""]),  # on the second, without: an empty page and the last bear no number
        (40, 4, ["—1—", "—2—", "—3—", "—4—"]),  # on the third
    ],
)
def test_the_colophon_stands_on_the_last_even_page(rows, stands, numbers):
    pages = printed(Masthead("云溪县政协文件", "云协〔2026〕1号"), [Paragraph("田" * 28 * rows), COLOPHON])
    assert len(pages) == stands and "抄送：" in said(characters(pages[-1]))
    assert [said(page_number(characters(page))) for page in pages] == numbers


@pytest.fixture(scope="module")
def last():
    return printed(None, [Paragraph("文。"), COLOPHON])[-1]


def test_its_rules_are_thick_outside_thin_inside_and_end_on_the_edge(last):
    assert all((left, right) == pytest.approx((28, 184), abs=0.2) for left, right, _ in rules(last))
    lines_found = strokes(last, 200, 264)
    assert [thick for thick, _ in lines_found] == pytest.approx([0.35, 0.25, 0.35], abs=0.04)
    assert lines_found[-1][1] == pytest.approx(262, abs=0.1)


def test_its_words_are_no_4_one_character_in_and_copies_hang(last):
    first, second = [line for line in lines(characters(last)) if line[0].y > 200][:2]
    small = 14 * MM
    assert {round(char.size) for char in (*first, *second)} == {14}
    assert first[0].x == pytest.approx(28 + small, abs=0.4)
    assert second[0].x == pytest.approx(28 + 4 * small, abs=0.5)
    line = found(last, "印发")
    assert line[0].x == pytest.approx(28 + small, abs=0.4) and line[-1].x + small == pytest.approx(184 - small, abs=0.4)
    assert said(line) == "云溪县政协办公室2026年3月5日印发"


# --- the text --------------------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def body():
    headings = [Heading(1, "总体情况"), Heading(2, "学习培训"), Heading(3, "集中学习"), Heading(4, "参加人员")]
    ends = [Attachments(["长" * 30, "日程安排"]), Signature("云溪县政协", DAY), Remark("联系人：李四")]
    return printed(None, [Paragraph("各委员组：", indent=False), *number_headings(headings), Paragraph("文。"), *ends])[
        0
    ]


def test_levels_of_the_text_have_their_fonts_two_characters_in(body):
    heads = [found(body, words) for words in ("一、总体", "（一）学习", "1.集中", "（1）参加")]
    fonts = [line[-1].font.split("+")[-1] for line in heads]
    assert fonts == ["FandolHei", "FandolKai", "FandolFang", "FandolFang"]
    assert {round(char.size, 1) for line in heads for char in line} == {15.8}
    assert [line[0].x for line in heads] == pytest.approx([28 + 2 * CHAR] * 4, abs=0.4)
    assert found(body, "各委员组：")[0].x == pytest.approx(28, abs=0.4)


def test_the_note_on_annexes_stands_a_line_below_and_names_hang(body):
    text, first, second = found(body, "文。"), found(body, "附件：1."), found(body, "2.日程安排")
    wrapped = next(line for line in lines(characters(body)) if line[0].y > first[0].y + 1)
    assert (first[0].y - text[0].y) / LINE == pytest.approx(2, abs=0.03)
    assert first[0].x == pytest.approx(28 + 2 * CHAR, abs=0.4) and second[0].x == pytest.approx(first[3].x, abs=0.4)
    assert wrapped[0].x == pytest.approx(first[5].x, abs=0.4) and "。" not in said(second)


def test_a_remark_stands_in_brackets_two_characters_in_below_the_date(body):
    day, remark = found(body, "2026年3月5日"), found(body, "（联系人：李四）")
    assert (remark[0].y - day[0].y) / LINE == pytest.approx(1, abs=0.03)
    assert remark[0].x == pytest.approx(28 + 2 * CHAR, abs=0.4)


# --- annexes and minutes ---------------------------------------------------------------------------------------------
def test_an_annex_begins_a_page_with_its_mark_and_the_title_in_the_third_line():
    first, second, *_ = printed(None, [Paragraph("文。"), Annex("参加人员名单", 1), Paragraph("张三")])
    assert "附件1" not in said(characters(first))
    mark, title, text = lines(characters(second))
    assert said(mark) == "附件1" and mark[0].x == pytest.approx(28, abs=0.4)
    assert mark[0].font.endswith("FandolHei") and {round(char.size) for char in title} == {22}
    assert (title[0].left + title[-1].right) / 2 == pytest.approx(106, abs=0.8)
    assert [round((line[0].y - mark[0].y) / LINE, 1) for line in (title, text)] == pytest.approx([2, 4], abs=0.2)


@pytest.fixture(scope="module")
def minutes():
    head = MinutesHead("云溪县政协主席会议纪要", "第3号", "云溪县政协办公室", DAY)
    return printed(
        head, [Paragraph("会议通过年度协商计划。"), Present("出席", "张三　李四　" * 10), Present("请假", "王五")]
    )[0]


def test_the_head_of_minutes_is_red_35_mm_down(minutes):
    name = found(minutes, "主席会议纪要")
    assert min(char.top for char in name) == pytest.approx(37 + 35, abs=0.5)
    assert said(found(minutes, "云溪县政协办公室")) == "云溪县政协办公室2026年3月5日"
    assert rules(minutes)[0][:2] == pytest.approx((28, 184), abs=0.2)


def test_who_was_there_hangs_after_the_colon(minutes):
    first = found(minutes, "出席：")
    second = next(line for line in lines(characters(minutes)) if line[0].y > first[0].y + 1)
    assert first[0].x == pytest.approx(28 + 2 * CHAR, abs=0.4)
    assert second[0].x == pytest.approx(first[3].x, abs=0.4)
    assert [first[0].font.split("+")[-1], first[3].font.split("+")[-1]] == ["FandolHei", "FandolFang"]


def test_no_name_is_broken_in_two():
    present = Present("出席", "　".join(["牛耕野", "叶玥"] * 7 + ["古丽米拉·阿不都江"]))
    assert "　".join(present.lines) == present.names and all(len(line) <= 23 for line in present.lines)
    assert Present("列席", "县水利局、镇农业服务中心技术人员和沿河村养殖户代表").lines == [
        "县水利局、镇农业服务中心技术人员和沿河村养殖户代表"
    ]
    assert Present("出席", "").lines == []


# --- Word ------------------------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def written():
    data = docx.render(
        [Paragraph("文。"), Annex("名单", 1), COLOPHON], title="关于开展视察的通知", head=UPWARD, created=CREATED
    )
    return word.Document(io.BytesIO(data))


def test_word_has_the_same_head(written):
    texts = [each.text for each in written.paragraphs if each.text]
    assert texts[:6] == [
        "000012",
        "秘密★1年",
        "特急",
        "云溪县政协文件",
        "云协〔2026〕1号\t签发人：张三",
        "关于开展视察的通知",
    ]
    heights = [each.paragraph_format.line_spacing.pt for each in written.paragraphs[:7]]
    assert sum(heights[:4]) == pytest.approx(35 / 25.4 * 72, abs=3)  # up to the name
    assert written.paragraphs[4].runs[0].font.color.rgb == RED


def test_words_colophon_is_a_frame_on_the_edge_of_the_text_block(written):
    frames = [each for each in written.paragraphs if each._p.pPr is not None and each._p.pPr.find(FRAME) is not None]
    assert [each.text for each in frames if each.text] == [
        f"抄送：{COLOPHON.copies}",
        "云溪县政协办公室\t2026年3月5日印发",
    ]
    assert {each._p.pPr.find(FRAME).get(qn("w:yAlign")) for each in frames} == {"bottom"}
    bars = [each.paragraph_format.line_spacing.pt * MM for each in frames if not each.text]
    assert bars == pytest.approx([0.35, 0.25, 0.35], abs=0.02)


# --- tables across ---------------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def across():
    """Two pages as they lie on the paper: (x, y) in mm of the characters once the page stands upright again."""
    rows = [[number, "文"] for number in range(60)]
    context = {"blocks": [Table([Column("号", 20), Column("事", 80)], rows, wide=True)]}
    data = pdf.render("documents/landscape.html", context, title="名册", created=CREATED).data
    return list(opened(data))[:2]


def test_pages_across_have_the_text_block_of_the_paper(across):
    assert across[0].get_size() == pytest.approx((841.89, 595.28), abs=0.1)
    boxes = [item.get_bounds() for item in across[0].get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=5)]
    left, right = min(box[0] for box in boxes) * MM, max(box[2] for box in boxes) * MM
    assert (left, right) == pytest.approx((35, 297 - 37), abs=0.3)


def test_their_number_keeps_its_place_on_the_paper(across):
    """Standing upright: 7 mm below the text block, one character in from the outer edge."""
    for page, digit in zip(across, "12", strict=True):
        chars = [char for char in characters(page) if char.left < 34]
        dashes = [char for char in chars if char.text == "—"]
        assert digit in said(chars) and 35 - max(char.right for char in dashes) == pytest.approx(7, abs=0.4)
        ends = max(char.bottom for char in dashes), min(char.top for char in dashes)
        outer = 210 - 26 - ends[0] if digit == "1" else ends[1] - 28
        assert outer == pytest.approx(14 * MM, abs=0.7)
