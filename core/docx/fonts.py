"""Font names by role, as offices have them on their machines; the other name is used where the first is missing."""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from core.docx.xml import element

#: role → (the name, the name on a machine without it). What the roles are: core.pdf.fonts.
NAMES = {
    "title": ("方正小标宋简体", "宋体"),
    "body": ("仿宋_GB2312", "仿宋"),
    "kai": ("楷体_GB2312", "楷体"),
    "hei": ("黑体", "SimHei"),
    "song": ("宋体", "SimSun"),
}
LATIN = "Times New Roman"
RED = RGBColor(0xD7, 0x00, 0x0F)


def dress(run: Any, role: str, size: float | None = None, *, red: bool = False) -> Any:
    """The role's font on a run; the size in points, none: that of the style."""
    put(run._r.get_or_add_rPr(), role)
    if size:
        run.font.size = Pt(size)
    if red:
        run.font.color.rgb = RED
    return run


def put(properties: Any, role: str) -> None:
    """The role's font for Chinese, one for letters and digits beside it."""
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    name = NAMES[role][0]
    fonts = element("w:rFonts", ascii=LATIN, hAnsi=LATIN, eastAsia=name, cs=LATIN, hint="eastAsia")
    style = properties.find(qn("w:rStyle"))
    properties.insert(0 if style is None else 1, fonts)


def table() -> bytes:
    """fontTable.xml: tells Word what to take where a font is missing."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for name, other in NAMES.values()
    )
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f'{head}<w:fonts xmlns:w="{space}">{fonts}</w:fonts>'.encode()
