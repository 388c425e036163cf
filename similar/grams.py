"""What two texts are compared by: characters, pairs of neighbouring ones, Latin words, and fingerprints.

Chinese has no spaces and the portal ships no dictionary: pairs of characters (bigrams) stand for words. Pure, no
database.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from zlib import crc32

#: More of a text is not looked at: twice the longest proposal anybody writes.
LONGEST = 6_000
#: Runs of Han characters; of Latin letters and digits. Everything else separates.
RUNS = re.compile(r"[\u3400-\u9fff\U00020000-\U000323af]+|[0-9a-z]+")
SHINGLE, WINDOW = 9, 16


def plain(text: str) -> str:
    """Full-width forms, case and compatibility characters made alike; at most LONGEST characters."""
    return unicodedata.normalize("NFKC", text[:LONGEST]).casefold()[:LONGEST]


def without(text: str, phrases: Iterable[str]) -> str:
    """The text with the phrases cut out, the longest first; a space stays where one was."""
    ordered = sorted({plain(each) for each in phrases if each.strip()}, key=len, reverse=True)
    return re.sub("|".join(map(re.escape, ordered)), " ", plain(text)) if ordered else plain(text)


def grams(text: str) -> Counter[str]:
    """Han characters, their pairs and whole Latin words with how often each occurs."""
    found: Counter[str] = Counter()
    for run in RUNS.findall(text):
        if run.isascii():
            found[run] += 1
        else:
            found.update(run)
            found.update(map("".join, pairwise(run)))
    return found


def letters(text: str) -> str:
    """The runs joined: what a copied passage keeps whatever became of spaces and punctuation."""
    return "".join(RUNS.findall(text))


def fingerprints(text: str) -> list[int]:
    """Numbers chosen from the text so that any copied passage of SHINGLE + WINDOW - 1 letters shares at least one
    (winnowing: the least of every WINDOW neighbouring numbers), in the order of the text, each once.
    """
    wide = letters(text).encode("utf-32-le")
    numbers = [crc32(wide[at : at + 4 * SHINGLE]) for at in range(0, len(wide) - 4 * SHINGLE + 1, 4)]
    if len(numbers) < WINDOW:
        return [signed(min(numbers))] if numbers else []
    chosen = map(min, *(numbers[at:] for at in range(WINDOW)))
    return [signed(each) for each in dict.fromkeys(chosen)]


def number(piece: str) -> int:
    """A signed 32-bit number for a piece of text, the same in every process."""
    return signed(crc32(piece.encode()))


def signed(value: int) -> int:
    return value - (1 << 32) if value >= 1 << 31 else value
