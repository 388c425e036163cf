"""Numbering, titles and the little arithmetic of blocks."""

from __future__ import annotations

import pytest

from core.pdf.blocks import (
    Bars,
    Column,
    Columns,
    Figure,
    Heading,
    Paragraph,
    Progress,
    ProgressTable,
    Table,
    chinese_number,
    heading_number,
    number_headings,
    paragraphs,
)
from core.pdf.titles import title_lines

from .conftest import make
from .measure import page_text


@pytest.mark.parametrize(
    ("value", "text"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (99, "九十九")],
)
def test_chinese_number(value, text):
    assert chinese_number(value) == text


@pytest.mark.parametrize("value", [0, 100, -1])
def test_chinese_number_knows_its_limits(value):
    with pytest.raises(ValueError):
        chinese_number(value)


def test_heading_levels_have_their_marks():
    assert [heading_number(level, 2) for level in (1, 2, 3, 4)] == ["二、", "（二）", "2.", "（2）"]
    with pytest.raises(ValueError):
        heading_number(5, 1)


def test_numbering_starts_again_below_each_heading():
    levels = [1, 2, 2, 3, 1, 2, 3, 4, 3]
    numbers = [block.number for block in number_headings([Heading(level, "题") for level in levels])]
    assert numbers == ["一、", "（一）", "（二）", "1.", "二、", "（一）", "1.", "（1）", "2."]


def test_set_numbers_and_other_blocks_stay():
    blocks = [Heading(1, "前言", number=""), Paragraph("文"), Heading(1, "正文")]
    numbered = number_headings(blocks)
    assert [getattr(block, "number", None) for block in numbered] == ["", None, "一、"]
    assert numbered[1] is blocks[1]


@pytest.mark.parametrize(
    ("planned", "actual", "percent", "bar"),
    [(8, 8, 100, 100), (3, 2, 66, 66), (10, 12, 120, 100), (0, 0, 0, 0), (0, 3, 100, 100), (300, 299, 99, 99)],
)
def test_progress(planned, actual, percent, bar):
    row = Progress("走访", planned, actual)
    assert (row.percent, row.bar) == (percent, bar)


def test_columns_stand_on_the_floor_and_end_at_their_most():
    high, low, none = Columns("到会率", [("1月", 100), ("2月", 50), ("3月", 0)], "%", most=100).columns
    assert (high["y"], high["height"], low["height"], none["height"]) == (6, 43, 21.5, 0)
    assert [each["middle"] for each in (high, low, none)] == [26, 78, 130]
    assert Columns("无", []).columns == []


def test_a_chart_is_drawn_for_pages_too():
    chart = Columns("各月", [("1月", 4), ("2月", 2)], "次")
    assert "style=" not in chart.drawing(860).svg and chart.drawing(860).rows == [["1月", "4"], ["2月", "2"]]
    assert 'width="340"' in Bars("各月", [("1月", 4)]).drawing(340).svg


def test_a_long_label_is_cut_to_its_room():
    (bar,) = Bars("分类", [("一二三四五六七八九十一二三四五六七八", 3)]).bars
    assert bar["label"].endswith("…") and 10 < len(bar["label"]) < 18


def test_bars_share_the_room():
    bars = Bars("各月", [("1月", 4), ("2月", 2), ("3月", 0)]).bars
    assert [bar["width"] for bar in bars] == [110, 55, 0]
    assert Bars("无", []).bars == []


def test_rows_must_fit_the_head():
    with pytest.raises(ValueError):
        _ = Table([Column("甲", 100)], [["1", "2"]]).lines


def test_typed_lines_become_paragraphs():
    assert [block.runs for block in paragraphs("一段。\r\n\n　二段。 \n")] == ["一段。", "二段。"]


def test_empty_cells_stay_empty_and_lines_stay_lines():
    text = page_text(make([Table([Column("甲", 50), Column("乙", 50)], [[None, "上\n下"]])]).data)[0]
    assert "None" not in text and "上下" in text


def test_figures_print_without_gaps():
    text = page_text(
        make([Paragraph(["活动", Figure(38, "次", key="events"), "，提案", Figure(96, "件"), "。"])]).data
    )[0]
    assert "活动38次，提案96件。" in text


def test_charts_and_progress_print_their_words():
    blocks = [Bars("各月活动", [("三月", 4)], "次"), ProgressTable([Progress("专题视察", 8, 6, "次")], "完成情况")]
    text = page_text(make(blocks).data)[0]
    assert all(word in text for word in ["各月活动（单位：次）", "三月", "专题视察", "8次", "6次", "75%", "完成情况"])


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("年度工作总结", ["年度工作总结"]),
        (
            "云溪县政协委员联络办公室2026年度工作总结暨2027年工作计划",
            ["云溪县政协委员联络办公室", "2026年度工作总结暨2027年工作计划"],
        ),
        ("关于加强城区老旧小区加装电梯工作的调研报告", ["关于加强城区老旧小区", "加装电梯工作的调研报告"]),
        ("关于印发《2026年度委员联络工作计划》的通知", ["关于印发《2026年度", "委员联络工作计划》的通知"]),
        ("甲\n乙", ["甲", "乙"]),
    ],
)
def test_titles_break_between_words(title, lines):
    assert title_lines(title) == lines


def test_no_title_line_is_wider_than_the_page():
    title = "云溪县政协临江街道委员联络办公室关于开展优化营商环境助力民营经济高质量发展专题调研的实施方案"
    assert "".join(title_lines(title)) == title
    assert all(len(line) <= 20 for line in title_lines(title))
