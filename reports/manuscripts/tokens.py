"""Figures inside text that people edit: 〔12次·activities〕 stands for a figure and is replaced by its current value.

What is typed between the brackets before the dot is decoration: only the key counts, so a figure cannot be mistyped.
The square brackets of document numbers (〔2026〕) hold no dot and stay what they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from core.errors import DomainError
from core.pdf.blocks import Figure, Run

TOKEN = re.compile(r"〔([^〔〕·]*)·([\w.\-:]+)〕")
#: 1. 2、 3） or （4） before a line's words; 3.5 is a figure.
NUMBERING = re.compile(r"^[ \u3000]*[（(]?\d{1,2}(?:[、）)]|[.．](?!\d))", re.MULTILINE)
DIGITS = re.compile(r"\d+(?:\.\d+)?")


def token(figure: Figure) -> str:
    return f"〔{figure}·{figure.key}〕" if figure.key else str(figure)


def written(runs: Sequence[Run] | str) -> str:
    """Runs as editable text."""
    if isinstance(runs, str):
        return runs
    return "".join(token(run) if isinstance(run, Figure) else run for run in runs)


def read(text: str, facts: Mapping[str, Figure]) -> list[Run]:
    """Editable text as runs with the current figures. Raises DomainError for a figure nobody knows."""
    runs: list[Run] = []
    at = 0
    for match in TOKEN.finditer(text):
        figure = facts.get(match[2])
        if figure is None:
            raise DomainError(f"“{match[1]}”这个数字没有对应的记录，请删去或改用已有的数字。")
        runs += [text[at : match.start()], figure] if match.start() > at else [figure]
        at = match.end()
    return [*runs, text[at:]] if at < len(text) or not runs else runs


def keys(text: str) -> list[str]:
    """Keys of the figures in the text, in order."""
    return [match[2] for match in TOKEN.finditer(text)]


def renewed(text: str, facts: Mapping[str, Figure]) -> str:
    """The same text with the decoration of every known token brought up to date."""
    return TOKEN.sub(lambda match: token(facts[match[2]]) if match[2] in facts else match[0], text)


def without_values(text: str) -> str:
    """The text with figures as keys only: equal for two texts that differ in the values of their figures."""
    return TOKEN.sub(lambda match: f"〔·{match[2]}〕", text)


def typed_numbers(text: str) -> list[str]:
    """Numbers typed by hand, outside tokens; not those that number a line or a point (1. 2、 （3）)."""
    return DIGITS.findall(NUMBERING.sub("", TOKEN.sub("", text)))
