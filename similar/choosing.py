"""By which numbers a text is found: the telling pairs of its title and body, and fingerprints of its passages.

Few and telling, so that one grouped query over all texts answers at once. Pure, no database.
"""

from __future__ import annotations

from dataclasses import dataclass

from similar.comparing import Words
from similar.grams import number
from similar.weights import Weights

#: Of one text at most.
TITLE_PAIRS, BODY_PAIRS, MARKS = 24, 40, 40


@dataclass(frozen=True)
class Key:
    """`weight`: how much it says. `texts`: in how many it may be found, as far as they were counted."""

    number: int
    weight: float
    texts: int


def keys(words: Words, weights: Weights) -> list[Key]:
    """The most telling first: pairs by their weight in the text, fingerprints like a very telling pair."""
    chosen = best(weights.of(words.in_title), TITLE_PAIRS) | best(weights.of(words.in_body), BODY_PAIRS)
    found = [Key(number(pair), weights[pair], weights.counts.get(pair, 1)) for pair in chosen]
    # The least numbers: of a passage that two texts share, both keep the same ones.
    found += [Key(mark, 1.0, 1) for mark in sorted(weights.telling(words.marks))[:MARKS]]
    return sorted(found, key=lambda key: -key.weight)


def affordable(wanted: list[Key], rows: int) -> list[Key]:
    """The most telling keys, as many as `rows` rows of the index allow: what is in every text finds nothing."""
    found = []
    for key in wanted:
        rows -= key.texts
        if rows < 0 and found:
            break
        found.append(key)
    return found


def best(found: dict[str, float], count: int) -> set[str]:
    """Pairs and Latin words; a single character is in too many texts to find one by."""
    pairs = ((weight, pair) for pair, weight in found.items() if len(pair) > 1)
    return {pair for _, pair in sorted(pairs, reverse=True)[:count]}
