"""WeasyPrint's own style sheet without what none of our documents uses.

Six of its rules are for pseudo-elements of every element (footnote calls, list markers): each costs a style of its own
for each cell of a table, a quarter of the time a long table takes.
"""

from __future__ import annotations

import copy
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint import HTML

UNUSED = {"marker", "footnote-call", "footnote-marker", "note-call", "note-marker", "note-callback"}
LIST_ITEM = "<li"
PSEUDO = 3  # where a compiled selector keeps the name of its pseudo-element


class Source(HTML):
    """A document's text; one with lists gets the whole sheet."""

    def __init__(self, string: str, fetcher: Any) -> None:
        self._has_lists = LIST_ITEM in string
        super().__init__(string=string, base_url=None, url_fetcher=fetcher)

    def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
        sheets = super()._ua_stylesheets(forms)
        return sheets if self._has_lists else [_without_unused(sheet) for sheet in sheets]


def _without_unused(sheet: Any) -> Any:
    lean = copy.copy(sheet)
    lean.matcher = copy.copy(sheet.matcher)
    lean.matcher.other_selectors = [each for each in sheet.matcher.other_selectors if each[PSEUDO] not in UNUSED]
    return lean


@contextmanager
def rare_collections() -> Iterator[None]:
    """Layout makes millions of boxes that live to the end; looking through them for garbage costs a tenth."""
    before = gc.get_threshold()
    gc.set_threshold(50_000, 20, 50)
    try:
        yield
    finally:
        gc.set_threshold(*before)
