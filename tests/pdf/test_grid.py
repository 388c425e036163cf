"""GB/T 9704-2012, measured on the produced page."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from core.pdf.blocks import Column, Heading, Masthead, Paragraph, Signature, Table, number_headings

from .conftest import make
from .measure import characters, lines, opened, page_number

CHAR, LINE = 156 / 28, 225 / 22
FULL = "田" * 28 * 60
MIXED = "全年共组织活动38次，参加委员1204人次，提交提案96件；报送社情民意信息143条，“书香”活动覆盖WiFi站点。"
RARE = "由喆、堃、玥、頔、㛃、䶮、𬭎·阿里等同志轮流领学，大家联系实际谈了体会。"


@pytest.fixture(scope="module")
def full():
    return [characters(page) for page in opened(make([Paragraph(FULL, indent=False)]).data)]


@pytest.fixture(scope="module")
def mixed():
    blocks = number_headings([Heading(1, "总体情况"), Paragraph(MIXED * 6), Paragraph(RARE * 12)])
    return [lines(characters(page)) for page in opened(make(blocks).data)]


def test_paper_is_a4():
    page = opened(make([]).data)[0]
    assert page.get_size() == pytest.approx((595.28, 841.89), abs=0.1)


def test_full_page_has_22_lines_of_28_characters(full):
    assert [len(line) for line in lines(full[1])] == [28] * 22


def test_text_block_fills_156_by_225_mm(full):
    first, *_, last = lines(full[1])
    assert first[0].x == pytest.approx(28, abs=0.3)
    assert first[-1].x + CHAR == pytest.approx(184, abs=0.3)
    # A line is 10.23 mm high and its baseline lies 0.38 characters below its middle.
    assert first[0].y - LINE / 2 - 0.38 * CHAR == pytest.approx(37, abs=0.3)
    assert last[0].y + LINE / 2 - 0.38 * CHAR == pytest.approx(262, abs=0.3)


def test_body_is_no_3_fangsong(full):
    body = [char for line in lines(full[1]) for char in line]
    assert {round(char.size, 1) for char in body} == {15.8}
    assert {char.font.split("+")[-1] for char in body} == {"FandolFang"}


def test_page_numbers_alternate_one_character_in(full):
    odd, even = page_number(full[2]), page_number(full[1])
    assert "".join(char.text for char in odd) == "—3—"
    assert "".join(char.text for char in even) == "—2—"
    assert odd[-1].x + 14 * 25.4 / 72 == pytest.approx(184 - 4.94, abs=0.5)
    assert even[0].x == pytest.approx(28 + 4.94, abs=0.5)


def test_page_number_dash_lies_7_mm_below_the_text_block(full):
    for page in full:
        dash = page_number(page)[0]
        assert dash.top == pytest.approx(262 + 7, abs=0.3)
        assert dash.size == pytest.approx(14, abs=0.1)


def test_lines_with_numbers_fill_the_width(mixed):
    paragraph = [line for line in mixed[0] if any(char.text.isdigit() for char in line)][:-1]
    ends = [line[-1].x + CHAR for line in paragraph if line[-1].text not in "0123456789WiF"]
    assert len(ends) > 5
    assert ends == pytest.approx([184] * len(ends), abs=0.4)


def test_numbers_are_not_spread(mixed):
    digits = [line for page in mixed for line in page for line in [line] if "1204" in "".join(c.text for c in line)]
    line = digits[0]
    at = "".join(char.text for char in line).index("1204")
    steps = [right.x - left.x for left, right in pairwise(line[at : at + 4])]
    assert steps == pytest.approx([CHAR / 2] * 3, abs=0.1)


def test_no_line_begins_with_a_punctuation_mark(mixed):
    assert not [line[0].text for page in mixed for line in page if line[0].text in "，。、；：”）》"]


def test_fallback_characters_do_not_bend_the_grid(mixed):
    for page in mixed[1:]:
        steps = [below[0].y - above[0].y for above, below in pairwise(page)]
        assert steps == pytest.approx([LINE] * len(steps), abs=0.1)


def test_title_is_centred_no_2_song_title():
    first = lines(characters(opened(make([], title="年度工作计划").data)[0]))[0]
    assert {round(char.size) for char in first} == {22}
    assert (first[0].left + first[-1].right) / 2 == pytest.approx(28 + 78, abs=0.6)


def test_date_begins_two_characters_after_the_office():
    blocks = [Paragraph("正文。"), Signature("云溪县联络办公室", date(2026, 3, 5))]
    office, day = lines(characters(opened(make(blocks).data)[0]))[-2:]
    assert "".join(char.text for char in day) == "2026年3月5日"
    assert day[0].x - office[0].x == pytest.approx(2 * CHAR, abs=0.3)
    assert office[-1].x + CHAR == pytest.approx(184 - 2 * CHAR, abs=0.3)


def test_table_repeats_its_head_and_splits_no_row():
    rows = [[number, "走访\n座谈" * 8] for number in range(1, 60)]
    data = make([Table([Column("序号", 20, "center"), Column("活动名称", 80)], rows)]).data
    pages = ["".join(char.text for char in characters(page)) for page in opened(data)]
    assert len(pages) > 2
    assert all("序号活动名称" in page for page in pages)
    assert all(page.count("走访座谈") % 8 == 0 for page in pages)


def test_masthead_is_red_and_keeps_the_grid():
    head = Masthead("云溪县政协办公室文件", "云协办〔2026〕12号")
    page = opened(make([Paragraph(FULL)], context={"head": head}).data)[0]
    found = lines(characters(page))
    assert min(char.top for char in found[0]) == pytest.approx(37 + 35, abs=1)
    assert found[-1][0].y + LINE / 2 - 0.38 * CHAR == pytest.approx(262, abs=0.3)


def test_sealed_date_ends_four_characters_from_the_edge():
    blocks = [Paragraph("正文。"), Signature("云溪县政协委员联络办公室", date(2026, 3, 5), sealed=True)]
    office, day = lines(characters(opened(make(blocks).data)[0]))[-2:]
    assert day[-1].x + CHAR == pytest.approx(184 - 4 * CHAR, abs=0.3)
    assert (office[0].x + office[-1].x) / 2 == pytest.approx((day[0].x + day[-1].x) / 2, abs=0.6)
