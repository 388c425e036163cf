"""Characters no document can print: found where they are typed, not when a report is due."""

from __future__ import annotations

import unicodedata

from django.http import QueryDict

EMOJI = range(0x1F000, 0x1FB00)
#: Private use: old systems kept rare characters there, each in its own way.
UNKNOWN = {"Co", "Cs"}
#: What Word and browsers leave between lines; every other control character is refused.
LAYOUT = "\t\n\r\v\f"


def unprintable(text: str) -> str:
    """The characters of the text that have no glyph in any text font, each once."""
    return "".join(dict.fromkeys(char for char in text if is_unprintable(char)))


def is_unprintable(char: str) -> bool:
    kind = unicodedata.category(char)
    return ord(char) in EMOJI or kind in UNKNOWN or (kind == "Cc" and char not in LAYOUT)


def sentence(characters: str) -> str:
    shown = "".join(char if char.isprintable() or unicodedata.category(char) != "Cc" else "□" for char in characters)
    return f"含有公文无法打印的字符“{shown}”（如表情符号、旧系统的造字），请删去或换成普通文字。"


def complaints(data: QueryDict) -> dict[str, str]:
    """{field: sentence} for every posted value that cannot be printed."""
    found = {name: unprintable("".join(values)) for name, values in data.lists()}
    return {name: sentence(characters) for name, characters in found.items() if characters}
