"""Characters no document can print: found where they are typed, not when a report is due.

Emoji carry no meaning a document needs: they are taken out with a word about it. What stands for text (rare characters
of old systems) is never dropped: the writer is asked to replace it.
"""

from __future__ import annotations

import unicodedata

from django.http import QueryDict

EMOJI = range(0x1F000, 0x1FB00)
#: Variation selector and joiner: how phones build one emoji of several.
JOINERS = "\ufe0f\u200d\u20e3"
#: Private use: old systems kept rare characters there, each in its own way.
UNKNOWN = {"Co", "Cs"}
#: What Word and browsers leave between lines; every other control character is refused.
LAYOUT = "\t\n\r\v\f"

#: The bullets of Word's symbol fonts (Symbol, Wingdings), pasted as private characters.
BULLETS = "\uf0b7\uf0a7\uf0d8\uf076\uf06c\uf06e\uf075\uf0fc\uf0a8\uf0e8"
#: Pasted along from Word and web pages, and seen by nobody.
INVISIBLE = "\u200b\u2060\ufeff"
PASTED = str.maketrans(dict.fromkeys(BULLETS, "●") | dict.fromkeys(INVISIBLE))


def unprintable(text: str) -> str:
    """The characters of the text that have no glyph in any text font, each once."""
    return "".join(dict.fromkeys(char for char in text if is_unprintable(char)))


def is_unprintable(char: str) -> bool:
    kind = unicodedata.category(char)
    return ord(char) in EMOJI or kind in UNKNOWN or (kind == "Cc" and char not in LAYOUT)


def plain(data: QueryDict) -> QueryDict:
    """The posted values with ordinary bullets and without invisible marks; the same object when nothing changes."""
    if not any(value != value.translate(PASTED) for _, values in data.lists() for value in values):
        return data
    cleaned = data.copy()
    for name, values in data.lists():
        cleaned.setlist(name, [value.translate(PASTED) for value in values])
    return cleaned


def without_emoji(data: QueryDict) -> QueryDict:
    """The posted values without emoji and their joiners; the same object when there are none."""
    if not any(is_emoji(char) for _, values in data.lists() for value in values for char in value):
        return data
    cleaned = data.copy()
    for name, values in data.lists():
        cleaned.setlist(name, ["".join(char for char in value if not is_emoji(char)) for value in values])
    return cleaned


def is_emoji(char: str) -> bool:
    return ord(char) in EMOJI or char in JOINERS


def sentence(characters: str) -> str:
    shown = "".join(char if char.isprintable() or unicodedata.category(char) != "Cc" else "□" for char in characters)
    return f"含有公文无法打印的字符“{shown}”（如旧系统的造字），请换成普通文字。"


def complaints(data: QueryDict) -> dict[str, str]:
    """{field: sentence} for every posted value that cannot be printed."""
    found = {name: unprintable("".join(values)) for name, values in data.lists()}
    return {name: sentence(characters) for name, characters in found.items() if characters}
