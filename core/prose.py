"""Longer text typed or pasted by people: paragraphs kept, counted without spaces, shown as it was written."""

from __future__ import annotations

import re
from typing import Any

from django import forms

#: Word and WPS paste soft line breaks as vertical tabs or Unicode line separators.
LINE_ENDS = re.compile(r"\r\n|[\r\v\f\u0085\u2028\u2029]")


def tidy(text: str) -> str:
    """Line ends made uniform, spaces at line ends and empty lines around the text removed.

    Leading full-width spaces stay: they are the first-line indent of Chinese paragraphs.
    """
    lines = [line.rstrip() for line in LINE_ENDS.sub("\n", text).split("\n")]
    return "\n".join(lines).strip("\n")


def length(text: str) -> int:
    """Characters without white space, as the counter below the field shows them."""
    return len(re.sub(r"\s", "", text))


class ProseField(forms.CharField):
    """A text area with a live count. `suggested` is the number of characters the counter compares with (0: none)."""

    def __init__(self, *, rows: int = 8, suggested: int = 0, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows, "data-count": suggested})
        super().__init__(widget=widget, strip=False, **options)

    def to_python(self, value: Any) -> str:
        return tidy(super().to_python(value) or "")

    def suggest(self, characters: int) -> None:
        self.widget.attrs["data-count"] = characters
