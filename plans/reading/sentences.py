"""Sentences and clauses of a paragraph, each with its place in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

SENTENCE = re.compile(r"[^。！？；\n]+[。！？；\n]?")
CLAUSE = re.compile(r"[^，：]+[，：]?")


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
    return [Piece(found.group(), sentence.start + found.start()) for found in CLAUSE.finditer(sentence.text)]
