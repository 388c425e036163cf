"""Sentences and clauses of a paragraph, each with its place in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: No sentence is longer; a text without full stops is taken in stretches, so that time grows with its length only.
LONGEST = 600
#: “召开议事会。（5月）”
DATE_BEHIND = r"(?:(?<=。)（[^（）。]{0,12}(?:月|季度|旬|期间)[^（）。]{0,8}）[。；]?)?"
SENTENCE = re.compile(rf"[^。！？；\n]{{1,{LONGEST}}}[。！？；\n]?{DATE_BEHIND}")
CLAUSE = re.compile(r"[^，]+，?")
#: “视察：4次”: a short label stays with what it labels.
LONGEST_LABEL = 12


@dataclass(frozen=True)
class Piece:
    """A stretch of a paragraph's normal text."""

    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def sentences(norm: str) -> list[Piece]:
    """Full sentences; what stands in brackets stays with its sentence."""
    return [Piece(found.group(), found.start()) for found in SENTENCE.finditer(norm)]


def clauses(sentence: Piece) -> list[Piece]:
    found: list[Piece] = []
    for match in CLAUSE.finditer(sentence.text):
        colon = match.group().find("：") + 1
        if colon > LONGEST_LABEL and colon < len(match.group()):
            found.append(Piece(match.group()[:colon], sentence.start + match.start()))
            found.append(Piece(match.group()[colon:], sentence.start + match.start() + colon))
        else:
            found.append(Piece(match.group(), sentence.start + match.start()))
    return found
