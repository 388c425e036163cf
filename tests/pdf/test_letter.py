"""A letter after GB/T 9704-2012 10.1, measured on the produced page in millimetres."""

from __future__ import annotations

from datetime import date
from itertools import groupby

import pytest
from pypdfium2 import raw

from core import pdf
from core.pdf.blocks import Attachments, Copies, Letterhead, Paragraph, Remark, Signature

from .conftest import CREATED
from .measure import MM, characters, lines, opened, page_number

BODY = [
    Paragraph("张三委员：", indent=False),
    Paragraph("田" * 28 * 24),
    Attachments(["征求意见表"]),
    Signature("云溪县交通运输局", date(2026, 3, 5), sealed=True),
    Remark("联系人：李四"),
    Copies(["云溪县政协"]),
]


def letter(head: Letterhead, blocks=BODY) -> pdf.PdfResult:
    context = {"blocks": blocks, "head": head}
    return pdf.render("documents/letter.html", context, title="关于第12号提案的答复", created=CREATED)


@pytest.fixture(scope="module")
def pages():
    result = letter(Letterhead("云溪县交通运输局", "云交提〔2026〕12号", "A"))
    return opened(result.data)


@pytest.fixture(scope="module")
def first(pages):
    return characters(pages[0])


def found(chars, text):
    """The characters of the line that begins with the text."""
    return next(line for line in lines(chars) if "".join(char.text for char in line).startswith(text))


def rules(page) -> list[tuple[float, float, float, float]]:
    """(left, top, right, bottom) of red areas."""
    height, made = page.get_height(), []
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=5):
        left, bottom, right, top = item.get_bounds() if hasattr(item, "get_bounds") else item.get_pos()
        made.append((left * MM, (height - top) * MM, right * MM, (height - bottom) * MM))
    return sorted(made, key=lambda box: box[1])


def test_the_name_begins_30_mm_from_the_edge_in_the_middle(first):
    name = found(first, "云溪县交通运输局")
    assert min(char.top for char in name) == pytest.approx(30, abs=1)
    assert (name[0].left + name[-1].right) / 2 == pytest.approx(105, abs=0.6)
    assert {round(char.size) for char in name} == {36}


def test_double_rules_are_170_mm_wide_and_in_their_places(pages, first):
    name, boxes = found(first, "云溪县交通运输局"), rules(pages[0])
    upper, lower = [box for box in boxes if box[1] < 100], [box for box in boxes if box[1] > 200]
    for box in (*upper, *lower):
        assert (box[0], box[2]) == pytest.approx((20, 190), abs=0.3)
    assert upper[0][1] - max(char.bottom for char in name) == pytest.approx(4, abs=0.8)
    assert lower[-1][3] == pytest.approx(297 - 20, abs=0.3)


def strokes(page) -> list[float]:
    """Heights in mm of the red strokes in the left margin, where the text does not reach, top to bottom."""
    per_mm = 20
    picture = page.render(scale=per_mm * MM).to_pil().convert("RGB")
    column = [picture.getpixel((24 * per_mm, y)) for y in range(picture.height)]
    red = [colour[0] > 150 and colour[1] < 100 for colour in column]
    runs = [(is_red, len(list(group))) for is_red, group in groupby(red)]
    return [length / per_mm for is_red, length in runs if is_red]


def test_thick_lies_over_thin_above_and_under_it_below(pages):
    assert strokes(pages[0]) == pytest.approx([0.9, 0.35, 0.35, 0.9], abs=0.1)


def test_the_number_stands_seven_eighths_below_the_rule_at_the_edge(pages, first):
    number = found(first, "云交提〔2026〕12号")
    rule = [box for box in rules(pages[0]) if box[1] < 100][-1]
    assert number[-1].x + 156 / 28 == pytest.approx(184, abs=0.4)
    assert min(char.top for char in number) - rule[3] == pytest.approx(16 * 7 / 8 * MM, abs=1)


def test_the_title_lies_two_lines_below_the_number(first):
    number, title = found(first, "云交提"), found(first, "关于第12号提案的答复")
    free = min(char.top for char in title) - max(char.bottom for char in number)
    assert free == pytest.approx(2 * 225 / 22, abs=3)
    assert {round(char.size) for char in title} == {22}


def test_the_category_stands_at_the_upper_right(first):
    mark = next(char for char in first if char.text == "A")
    assert mark.right == pytest.approx(184, abs=1) and mark.bottom < 30


def test_the_first_page_has_no_number_the_second_has(pages, first):
    assert not [char for char in page_number(first) if char.text.isdigit()]
    assert "".join(char.text for char in page_number(characters(pages[1]))) == "—2—"


def test_the_second_page_is_a_plain_one(pages):
    assert not rules(pages[1])
    text = lines(characters(pages[1]))
    assert text[0][0].top > 37


def test_copies_stand_at_the_foot_of_the_last_page(pages):
    line = found(characters(pages[1]), "抄送：云溪县政协。")
    assert {round(char.size) for char in line} == {14}
    assert 250 < line[0].y < 262


@pytest.mark.parametrize(
    ("issuer", "size"),
    [("县交通局", 36), ("云溪县住房和城乡建设局", 36), ("云溪县政务服务和大数据管理局办公室", 28), ("长" * 40, 16)],
)
def test_a_long_name_is_set_in_smaller_type(issuer, size):
    assert Letterhead(issuer).type_size == size
