"""No document leaves with a blank where a character should be."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from core.errors import DomainError

if TYPE_CHECKING:
    from weasyprint.pdf.fonts import Font

# A space is a width and an end-of-glyph operator; the smallest drawn stroke is longer.
BLANK_CHARSTRING_BYTES = 6


class MissingGlyph(DomainError):
    """Some characters have no glyph in any installed font; `characters` names them in order of code point, `places`
    says where they stand (`core.pdf.whereabouts`).
    """

    def __init__(self, characters: str, places: Sequence[str] = ()) -> None:
        named = "、".join(f"{character}（U+{ord(character):04X}）" for character in characters)
        where = f"见{'、'.join(places)}。" if places else ""
        super().__init__(
            f"文件无法生成：现有字体都没有这些字：{named}。{where}"
            "请改成别的写法，或请系统管理员安装含有这些字的字体后重试。"
        )
        self.characters = characters


def require_all_glyphs(fonts: Iterable[Font]) -> None:
    """Raise MissingGlyph unless every printed character has a drawn glyph.

    Looks at the shaped output: code points no font was found for, and glyphs that are mapped but empty.
    """
    missing: set[str] = set()
    for font in fonts:
        missing.update(chr(codepoint) for codepoint in font.missing)
        missing.update(_blank_characters(font))
    if missing:
        raise MissingGlyph("".join(sorted(missing)))


def _blank_characters(font: Font) -> set[str]:
    from fontTools.ttLib import TTLibError

    shown = {glyph: text for glyph, text in font.to_unicode.items() if _draws_ink(text)}
    if not shown or font.bitmap:
        return set()
    try:
        empty = {0} | _empty_glyphs(font, shown)
        return {text[0] for glyph, text in shown.items() if glyph in empty}
    except TTLibError:
        return set()


def _draws_ink(text: str) -> bool:
    return any(unicodedata.category(character)[0] not in "ZC" for character in text)


def _empty_glyphs(font: Font, wanted: Iterable[int]) -> set[int]:
    """Glyph numbers without an outline in the embedded subset."""
    from fontTools.ttLib import TTFont

    with TTFont(io.BytesIO(font.file_content), lazy=True) as file:
        if "CFF " in file:
            outlines = file["CFF "].cff.topDictIndex[0].CharStrings.charStringsIndex
            return {glyph for glyph in wanted if len(outlines[glyph].bytecode) <= BLANK_CHARSTRING_BYTES}
        if "loca" in file:
            offsets = file["loca"].locations
            return {glyph for glyph in wanted if offsets[glyph] == offsets[glyph + 1]}
    return set()
