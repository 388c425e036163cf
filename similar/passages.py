"""Passages of two texts that say the same, side by side and with the common words marked. Pure, no database."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from similar.grams import LONGEST, grams, plain
from similar.weights import Weights

#: A sentence ends here; a longer one is cut at commas.
SENTENCE = re.compile(r"[^。！？；\n!?;]+[。！？；!?;]?")
LONG, CLAUSE = 90, re.compile(r"[^，,]+[，,]?")
#: Shown of one pair of texts; how alike two sentences are at least; the shortest run that is marked.
SHOWN, ALIKE, RUN = 3, 0.3, 2
#: Of each text so many sentences are looked at.
SENTENCES = 60

#: (is common to both, text)
Piece = tuple[bool, str]


@dataclass(frozen=True)
class Passage:
    """A sentence of this text and the one of the other that says the same."""

    mine: tuple[Piece, ...]
    theirs: tuple[Piece, ...]
    alike: float


def passages(mine: str, theirs: str, weights: Weights) -> list[Passage]:
    """The most alike sentences, at most SHOWN, each sentence once."""
    ours = [(each, weights.of(grams(plain(each)))) for each in sentences(mine)]
    others = [(each, weights.of(grams(plain(each)))) for each in sentences(theirs)]
    pairs = ((alike(a, b), one, other) for one, a in ours for other, b in others)
    good = sorted((pair for pair in pairs if pair[0] >= ALIKE), key=lambda pair: -pair[0])
    found: list[Passage] = []
    used: set[str] = set()
    for degree, one, other in good:
        if not used & {one, other} and len(found) < SHOWN:
            used |= {one, other}
            found.append(Passage(*marked(one, other), degree))
    return found


def sentences(text: str) -> list[str]:
    """Non-empty sentences, very long ones cut into clauses."""
    found: list[str] = []
    for sentence in SENTENCE.findall(text[:LONGEST]):
        found += joined(CLAUSE.findall(sentence)) if len(sentence) > LONG else [sentence]
    return [each.strip() for each in found if len(each.strip()) > 5][:SENTENCES]


def joined(clauses: list[str]) -> list[str]:
    """Clauses put together again as long as they stay short; one without any comma is cut."""
    found = [""]
    for clause in clauses:
        if len(found[-1]) + len(clause) > LONG:
            found.append("")
        found[-1] += clause[:LONG]
    return found


def alike(mine: dict[str, float], theirs: dict[str, float]) -> float:
    """Shared weight over the mean of both."""
    shared = sum(min(weight, theirs[pair]) for pair, weight in mine.items() if pair in theirs)
    total = sum(mine.values()) + sum(theirs.values())
    return 2 * shared / total if total else 0.0


def marked(mine: str, theirs: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both sentences in pieces, those of RUN or more letters that stand in both marked."""
    blocks = SequenceMatcher(None, mine, theirs, autojunk=False).get_matching_blocks()
    runs = [(a, b, size) for a, b, size in blocks if size >= RUN]
    return pieces(mine, [(a, size) for a, _, size in runs]), pieces(theirs, [(b, size) for _, b, size in runs])


def pieces(text: str, runs: list[tuple[int, int]]) -> tuple[Piece, ...]:
    found, at = [], 0
    for start, size in runs:
        found += [(False, text[at:start]), (True, text[start : start + size])]
        at = start + size
    found.append((False, text[at:]))
    return tuple(piece for piece in found if piece[1])
