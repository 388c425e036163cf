"""Two corrections to WeasyPrint's line layout that an official page cannot do without.

WeasyPrint widens only spaces when it justifies, and a Chinese line has none: lines that end early because a
punctuation mark may not begin the next one would stay ragged. And a character taken from a fallback font with
other metrics makes its line higher, which pushes the 22nd line off the page. Both are corrected in
`weasyprint.layout`; the version is pinned, and tests/pdf measures the result.
See docs/adr/0005-one-pdf-door.md.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.text.line_break import create_layout, line_size

ASCENT = 0.88  # of the em square, as in every Chinese font: where the baseline lies
_original_strut = inline.strut
_original_split_text_box = inline.split_text_box


def install() -> None:
    """Put the corrections in place; doing it twice changes nothing."""
    inline.strut = strut
    inline.split_text_box = split_text_box
    inline.justify_line = justify_line


# --- a grid that fallback fonts cannot bend -----------------------------------------------------


def strut(style: Any) -> tuple[float, float]:
    """Line height and baseline; with a set line height the baseline depends on the size, not on the font."""
    try:
        return style.strut  # asked for four times a line
    except AttributeError:
        style.strut = _strut(style)
    return style.strut


def _strut(style: Any) -> tuple[float, float]:
    height, baseline = _original_strut(style)
    if style["line_height"] == "normal":
        return height, baseline
    return height, height / 2 + (ASCENT - 0.5) * style["font_size"]


def split_text_box(context: Any, box: Any, available_width: float, skip: int, **options: Any) -> tuple:
    """As the original, with the baseline of the line instead of that of the tallest font in it."""
    part, resume_at, preserved = _original_split_text_box(context, box, available_width, skip, **options)
    if part is not None and part.style["line_height"] != "normal":
        part.baseline = strut(part.style)[1]
    return part, resume_at, preserved


# --- lines that fill the width ------------------------------------------------------------------


def justify_line(context: Any, line: Any, extra_width: float) -> None:
    """Spread `extra_width` (CSS pixels) over the places where a Chinese line may grow."""
    texts = list(_text_boxes(line))
    text = "".join(box.text for box in texts)
    grows = [*map(_may_grow, text, text[1:]), False]
    if gaps := sum(grows):
        _spread(context, line, extra_width / gaps, _Cursor(grows))


class _Cursor:
    """Walks through the characters of the whole line, so that a gap between two boxes is seen too."""

    def __init__(self, grows: list[bool]) -> None:
        self.grows, self.at = grows, 0

    def passed(self, count: int) -> list[bool]:
        """For the next characters whether the line grows after each."""
        self.at += count
        return self.grows[self.at - count : self.at]


def _text_boxes(box: Any) -> Any:
    for child in box.children:
        if isinstance(child, boxes.TextBox):
            yield child
        elif isinstance(child, boxes.InlineBox):
            yield from _text_boxes(child)


@lru_cache(maxsize=100_000)
def _may_grow(left: str, right: str) -> bool:
    """Beside a wide character or after a space; never inside a number, a Latin word or a long dash."""
    if left == right and left in "—…":
        return False
    return left in " \u00a0" or _is_wide(left) or _is_wide(right)


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF" or character in "“”‘’…—·"


def _spread(context: Any, parent: Any, gap: float, cursor: _Cursor, advance: float = 0.0) -> float:
    """Move and widen the children of `parent`; answers how far what follows has to move."""
    children = []
    for child in parent.children:
        if isinstance(child, boxes.TextBox):
            parts, advance = _spread_text(context, child, gap, cursor, advance)
            children.extend(parts)
            continue
        if isinstance(child, boxes.InlineBox):
            child.position_x += advance
            moved = _spread(context, child, gap, cursor, advance)
            child.width += moved - advance
            advance = moved
        elif child.is_in_normal_flow():
            child.translate(advance, 0)
        children.append(child)
    parent.children = tuple(children)
    return advance


def _spread_text(context: Any, box: Any, gap: float, cursor: _Cursor, advance: float) -> tuple[list, float]:
    """Cut a text box into runs that are spaced out evenly or not at all; place them one after the other."""
    parts, x = [], box.position_x + advance
    start = x
    for text, spaced, ends_in_gap in _runs(box.text, cursor):
        part = _run_box(context, box, text, gap if spaced else 0.0)
        part.position_x = x
        part.width += gap * (len(text) - 1 if spaced else 0)
        x += part.width + (gap if ends_in_gap else 0.0)
        parts.append(part)
    return parts, advance + (x - start) - box.width


def _runs(text: str, cursor: _Cursor) -> list[tuple[str, bool, bool]]:
    """`(text, spaced, gap after it)`: runs in which either every inner place grows or none does."""
    grows = cursor.passed(len(text))
    runs, start, last = [], 0, len(text) - 1
    while start <= last:
        spaced = grows[start]
        end = grows.index(not spaced, start) if (not spaced) in grows[start:] else last
        runs.append((text[start : end + 1], spaced and end > start, grows[end]))
        start = end + 1
    return runs


def _run_box(context: Any, box: Any, text: str, spacing: float) -> Any:
    part = box.copy_with_text(text)
    if spacing:
        part.style = box.style.copy()
        part.style["letter_spacing"] = spacing
    whole = text == box.text
    layout = create_layout(text, part.style if whole else box.style, context, None, 0)
    # a whole box is as wide as it was: shaping its text once more would only say so
    part.width = box.width if whole else line_size(layout.get_first_line()[0], box.style)[0]
    layout.deactivate()
    part.pango_layout = layout
    return part
