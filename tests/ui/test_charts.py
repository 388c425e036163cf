"""Charts: drawn with presentation attributes, with every number in words too."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from core import charts
from core.charts import Series

MONTHS = ["1月", "2月", "3月"]
BOTH = [Series("已立案", [3, 0, 12]), Series("未立案", [1, 0, 3])]
DRAWN = [charts.columns("各月提案数", MONTHS, BOTH, unit="件"), charts.bars("各月提案数", MONTHS, BOTH, unit="件")]


@pytest.mark.parametrize("figure", DRAWN)
def test_no_style_so_that_the_content_security_policy_lets_it_through(figure):
    assert "style" not in figure.svg and "<script" not in figure.svg


@pytest.mark.parametrize("figure", DRAWN)
def test_is_well_formed_and_has_a_name_and_a_description(figure):
    root = ElementTree.fromstring(figure.svg)
    names = [child.tag.rpartition("}")[2] for child in root][:2]
    assert names == ["title", "desc"] and "最高为3月 12件" in root[1].text


@pytest.mark.parametrize("figure", DRAWN)
def test_table_has_every_number(figure):
    assert list(figure.head) == ["项目", "已立案", "未立案"]
    assert [list(row) for row in figure.rows] == [["1月", "3", "1"], ["2月", "0", "0"], ["3月", "12", "3"]]


@pytest.mark.parametrize("figure", DRAWN)
def test_nothing_is_drawn_outside(figure):
    width, height = (float(size) for size in re.search(r'viewBox="0 0 (\S+) (\S+)"', figure.svg).groups())
    for x, y, w, h in re.findall(r'<rect x="(\S+)" y="(\S+)" width="(\S+)" height="(\S+)"', figure.svg):
        assert float(x) >= 0 and float(x) + float(w) <= width
        assert float(y) >= 0 and float(y) + float(h) <= height


def test_columns_stand_in_proportion():
    figure = charts.columns("数", ["甲", "乙"], [Series("数", [10, 5])])
    heights = [float(each) for each in re.findall(r'<rect .*?height="(\S+)"', figure.svg)]
    assert heights[0] == pytest.approx(heights[1] * 2)


@pytest.mark.parametrize("values", [[], [0, 0], [0]])
def test_empty_data_is_still_a_chart(values):
    labels = [str(number) for number in range(len(values))]
    assert charts.columns("数", labels, [Series("数", values)]).svg.startswith("<svg")
    assert charts.bars("数", labels, [Series("数", values)]).svg.startswith("<svg")


def test_labels_are_escaped_and_long_ones_cut_in_the_drawing_only():
    name = "<政协>某某街道联络工作委员会办公室"
    figure = charts.bars("数", [name], [Series("数", [1])], width=340)
    assert "&lt;政协&gt;" in figure.svg and "…" in figure.svg and "<政协>" not in figure.svg
    assert figure.rows[0][0] == name


@pytest.mark.parametrize(("value", "top"), [(0, 4), (4, 4), (7, 10), (12, 20), (21, 25), (260, 500), (1000, 1000)])
def test_axis_ends_at_a_round_number(value, top):
    assert charts.nice_top(value) == top
