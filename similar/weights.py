"""How much a pair of characters says, or a single one: the rarer in all texts, the more.

Texts of the office are counted from time to time (`similar.services.count`); until there are many, the shipped words
in common.toml stand in for them. Pure, no database.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping
from functools import cache
from math import log
from pathlib import Path

from similar.grams import grams

SHIPPED = Path(__file__).with_name("common.toml")
#: The shipped words count like this many texts read before.
READ_BEFORE = 50
#: What is common falls off faster than by the logarithm; a single character says this much more than its rarity.
#: Both measured in bench/similarity.py.
FALL, SINGLE = 1.5, 2.0


@cache
def shipped() -> dict[str, float]:
    """pair → share of texts it is taken to occur in."""
    shares: dict[str, float] = {}
    for group in tomllib.loads(SHIPPED.read_text(encoding="utf-8"))["group"]:
        for pair in grams(group["words"]):
            shares[pair] = max(shares.get(pair, 0), group["share"])
    return shares


class Weights(dict[str, float]):
    """pair → weight, worked out when first asked for. `counts`: in how many of `texts` texts a pair occurs; pairs that
    are not in it occur in few.
    """

    def __init__(self, counts: Mapping[str, int] | None = None, texts: int = 0) -> None:
        super().__init__()
        self.counts, self.texts = counts or {}, texts

    def __missing__(self, pair: str) -> float:
        weight = self[pair] = self.weigh(pair)
        return weight

    def weigh(self, pair: str) -> float:
        """Between nearly 0 (in every text) and about 1 (in none yet), twice that for a single character."""
        total = self.texts + READ_BEFORE
        seen = self.counts.get(pair, 0) + shipped().get(pair, 0.0) * READ_BEFORE
        rarity = max(0.0, log(total / (seen + 0.5)) / log(total / 0.5))
        return rarity**FALL * (SINGLE if len(pair) == 1 else 1.0)

    def of(self, found: Counter[str]) -> dict[str, float]:
        """pair → its weight in one text: said several times it weighs more, but not as many times more."""
        return {pair: self[pair] if times == 1 else (1 + log(times)) * self[pair] for pair, times in found.items()}

    def telling(self, marks: frozenset[int]) -> frozenset[int]:
        """The fingerprints that are not a phrase everybody uses."""
        return frozenset(mark for mark in marks if str(mark) not in self.counts)
