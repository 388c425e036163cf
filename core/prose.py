"""Longer text typed or pasted by people: paragraphs kept, counted without spaces, shown as it was written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms

from core.errors import DomainError

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


# --- rules about length; the numbers are the caller's rule-set data ------------------------------------------------
def too_long(text: Mapping[str, Any], name: str, label: str, longest: int) -> dict[str, str]:
    """{name: sentence} when the field has more than `longest` characters."""
    typed = length(text.get(name) or "")
    return {name: f"{label}最多 {longest} 字，现在是 {typed} 字，请写短一些。"} if typed > longest else {}


def short_parts(text: Mapping[str, Any], labels: Mapping[str, str], least: Mapping[str, int]) -> dict[str, str]:
    """{name: sentence} for every part that is empty or has fewer characters than `least` asks for."""
    found = {}
    for name, label in labels.items():
        typed, wanted = length(text.get(name) or ""), least.get(name, 1)
        if not typed:
            found[name] = f"请填写“{label}”。"
        elif typed < wanted:
            found[name] = f"“{label}”至少写 {wanted} 字，现在是 {typed} 字，请再写具体一些。"
    return found


def require_no_gaps(found: Mapping[str, str], *, verb: str) -> None:
    """Raises DomainError with the first gap and how many there are."""
    if found:
        name, sentence = next(iter(found.items()))
        more = f"另外还有 {len(found) - 1} 处需要补充。" if len(found) > 1 else ""
        raise DomainError(f"还不能{verb}：{sentence}{more}", field=name)
