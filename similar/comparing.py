"""How similar two texts are, as one number from 0 to 1. Pure, no database.

Three looks at the pair: the words of the titles, the words of the whole (cosine of weighted pairs), and how much of
the one was copied from the other. The first two are mixed; copying counts for itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import sqrt

from similar.grams import fingerprints, grams, plain, without
from similar.weights import Weights

#: A pair in the title says as much as this many in the body.
TITLE_COUNTS = 3
#: The share of the titles in the mixed number; measured in bench/similarity.py.
TITLE_SHARE = 0.1
#: Below this many pairs in the body only the title speaks.
SHORT = 12
#: Fewer shared fingerprints are chance: where two common phrases meet.
PASSAGE = 5

Vector = Mapping[str, float]


@dataclass(frozen=True)
class Words:
    """One text made ready: its title without boiler-plate and its body."""

    title: str
    body: str

    @classmethod
    def of(cls, title: str, body: str, phrases: Iterable[str]) -> Words:
        phrases = list(phrases)
        return cls(without(title[:400], phrases), plain(body))

    @cached_property
    def in_title(self) -> Counter[str]:
        return grams(self.title)

    @cached_property
    def in_body(self) -> Counter[str]:
        return grams(self.body)

    @cached_property
    def together(self) -> Counter[str]:
        whole = Counter(self.in_body)
        for pair, times in self.in_title.items():
            whole[pair] += TITLE_COUNTS * times
        return whole

    @cached_property
    def marks(self) -> frozenset[int]:
        return frozenset(fingerprints(self.body))

    @property
    def is_empty(self) -> bool:
        return not self.together


class Asked:
    """A text to be compared with many others."""

    def __init__(self, words: Words, weights: Weights) -> None:
        self.words, self.weights = words, weights
        self.title = weights.of(words.in_title)
        self.whole = weights.of(words.together)
        self.length = norm(self.whole)

    def score(self, other: Words) -> float:
        """From 0 (nothing in common) to 1 (the same)."""
        titles = self.titles(other)
        if len(self.words.in_body) < SHORT:
            mixed = titles * 0.8 + self.covered(other) * 0.2
        else:
            mixed = TITLE_SHARE * titles + (1 - TITLE_SHARE) * self.cosine(other)
        return sqrt(min(1.0, max(mixed, self.copied(other))))

    def titles(self, other: Words) -> float:
        """Shared weight of the titles over the mean of both."""
        theirs = self.weights.of(other.in_title)
        shared = sum(min(weight, theirs[pair]) for pair, weight in self.title.items() if pair in theirs)
        total = sum(self.title.values()) + sum(theirs.values())
        return 2 * shared / total if total else 0.0

    def covered(self, other: Words) -> float:
        """Which part of this title's weight occurs anywhere in the other text."""
        total = sum(self.title.values())
        return sum(weight for pair, weight in self.title.items() if pair in other.together) / total if total else 0.0

    def cosine(self, other: Words) -> float:
        theirs = self.weights.of(other.together)
        both = sum(weight * theirs[pair] for pair, weight in self.whole.items() if pair in theirs)
        return both / (self.length * norm(theirs)) if both else 0.0

    def copied(self, other: Words) -> float:
        """Which part of the body's fingerprints the other text has, in the direction in which it is more."""
        mine, theirs = self.weights.telling(self.words.marks), self.weights.telling(other.marks)
        shared = len(mine & theirs)
        return shared / min(len(mine), len(theirs)) if shared >= PASSAGE else 0.0


def norm(vector: Vector) -> float:
    return sqrt(sum(weight * weight for weight in vector.values()))
