"""The few pieces of WordprocessingML that python-docx has no words for."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu

MM = 36_000  # English metric units
TWIPS_PER_POINT = 20


def mm(value: float) -> Emu:
    return Emu(round(value * MM))


def element(tag: str, /, **attributes: object) -> Any:
    """`element("w:jc", val="center")`; attributes are of the same namespace."""
    made = OxmlElement(tag)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


def styled(paragraph: Any, style: str | None) -> Any:
    """The paragraph in a style of our sheet. By its id: python-docx looks through all styles for a name, every time."""
    if style:
        paragraph._p.get_or_add_pPr().style = style.replace(" ", "")
    return paragraph


def border(paragraph: Any, side: str, *, kind: str, size: int, colour: str, space: int = 0) -> None:
    """A line along a paragraph; `size` in eighths of a point, `space` in points."""
    properties = paragraph._p.get_or_add_pPr()
    borders = element("w:pBdr")
    borders.append(element(f"w:{side}", val=kind, sz=size, space=space, color=colour))
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def field(paragraph: Any, instruction: str, shown: str = "1", *, dirty: bool = False) -> list[Any]:
    """A field such as PAGE; `shown` is what stands there until Word computes it. Returns its runs."""
    runs = [paragraph.add_run() for _ in range(5)]
    begin = element("w:fldChar", fldCharType="begin")
    if dirty:
        begin.set(qn("w:dirty"), "true")
    runs[0]._r.append(begin)
    code = OxmlElement("w:instrText")
    code.set(qn("xml:space"), "preserve")
    code.text = f" {instruction} "
    runs[1]._r.append(code)
    runs[2]._r.append(element("w:fldChar", fldCharType="separate"))
    runs[3].text = shown
    runs[4]._r.append(element("w:fldChar", fldCharType="end"))
    return runs


def bookmark(paragraph: Any, name: str, number: int) -> None:
    """Marks the paragraph so that a field can name its page."""
    start = element("w:bookmarkStart", id=number, name=name)
    end = element("w:bookmarkEnd", id=number)
    properties = paragraph._p.pPr
    paragraph._p.insert(0 if properties is None else 1, start)
    paragraph._p.append(end)


def cell_width(cell: Any, twips: int) -> None:
    """The width, and words in the middle of the height."""
    properties = cell._tc.get_or_add_tcPr()
    for old in (*properties.findall(qn("w:tcW")), *properties.findall(qn("w:vAlign"))):
        properties.remove(old)
    properties.insert(0, element("w:tcW", w=twips, type="dxa"))
    properties.append(element("w:vAlign", val="center"))


def table_width(table: Any, twips: int, above: float, beside: float) -> None:
    """The width of the whole; points above and below the words of each cell and beside them."""
    properties = table._tbl.tblPr
    width = properties.find(qn("w:tblW"))
    width.set(qn("w:w"), str(twips))
    width.set(qn("w:type"), "dxa")
    margins = element("w:tblCellMar")
    for side, points in (("top", above), ("left", beside), ("bottom", above), ("right", beside)):
        margins.append(element(f"w:{side}", w=round(points * TWIPS_PER_POINT), type="dxa"))
    properties.insert_element_before(margins, "w:tblLook")


def repeat_head(row: Any) -> None:
    row._tr.get_or_add_trPr().append(element("w:tblHeader"))


def keep_whole(row: Any) -> None:
    """The row is not split over pages."""
    row._tr.get_or_add_trPr().append(element("w:cantSplit"))


def frame(paragraph: Any, width: int) -> None:
    """The paragraph stands on the lower edge of the text block, with those before and after it that do; in twips."""
    place = element("w:framePr", w=width, wrap="around", vAnchor="margin", hAnchor="margin", xAlign="left",
                    yAlign="bottom")  # fmt: skip
    paragraph._p.get_or_add_pPr().insert_element_before(
        place, "w:widowControl", "w:pBdr", "w:shd", "w:tabs", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def blackened(paragraph: Any) -> None:
    """A bar as high as the paragraph's line."""
    bar = element("w:shd", val="clear", color="auto", fill="000000")
    paragraph._p.get_or_add_pPr().insert_element_before(bar, "w:tabs", "w:snapToGrid", "w:spacing", "w:ind", "w:jc")
