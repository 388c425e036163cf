"""How well a text is read: what its hand-made expectation names, what the reader found, what both have."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from plans.reading import Reading, read

TEXTS = Path(__file__).parent / "texts"
NAMES = sorted(path.stem for path in TEXTS.glob("*.txt"))


@dataclass
class Score:
    """`missed` and `extra` in the words of the expectation."""

    hits: int = 0
    missed: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)

    def __iadd__(self, other: Score) -> Score:
        self.hits += other.hits
        self.missed += other.missed
        self.extra += other.extra
        return self

    @property
    def recall(self) -> float:
        return self.hits / (self.hits + len(self.missed) or 1)

    @property
    def precision(self) -> float:
        return self.hits / (self.hits + len(self.extra) or 1)


def source(name: str) -> str:
    return (TEXTS / f"{name}.txt").read_text(encoding="utf-8")


def expected(name: str) -> dict[str, list[str]]:
    return json.loads((TEXTS / f"{name}.json").read_text(encoding="utf-8"))


def compared(wanted: list[str], found: list[str]) -> Score:
    want, have = Counter(wanted), Counter(found)
    return Score((want & have).total(), list((want - have).elements()), list((have - want).elements()))


def score(name: str) -> dict[str, Score]:
    reading, want = read(source(name)), expected(name)
    return {
        "sections": compared(want["sections"], [f"{each.level} {each.title}" for each in reading.sections]),
        "targets": compared(want["targets"], [target_line(each) for each in reading.targets]),
        "items": items_score(want["items"], reading),
        "left_over": left_over_score(want["left_over"], reading),
    }


def target_line(target) -> str:
    """What counts of a target, as the expectations write it."""
    parts = [target.filters.get("type") or target.measure, target.metric, target.operator, shown(target.amount),
             shown(target.amount_max), target.period, target.scope]  # fmt: skip
    return " ".join(str(part) for part in parts)


def shown(number) -> str:
    return "-" if number is None else f"{number:f}"


def items_score(wanted: list[str], reading: Reading) -> Score:
    """An expected item is found by its month, part, type and a word of its title (and what else the line says)."""
    found, total = list(reading.items), Score()
    for line in wanted:
        match = next((item for item in found if fits(line, item)), None)
        if match is None:
            total.missed.append(line)
        else:
            found.remove(match)
            total.hits += 1
    total.extra = [
        f"{i.month or '-'} {i.part_of_month} {i.kind} {i.title}|{i.form_name}|{i.participants}|{i.organisers}"
        for i in found
    ]
    return total


def fits(line: str, item) -> bool:
    head, *rest = line.split(" | ")
    month, part, kind, word = head.split(" ", 3)
    known = [(str(item.month or "-"), month), (item.part_of_month, part), (item.kind, kind)]
    known += zip([item.form_name, item.participants, ",".join(item.organisers)], rest, strict=False)
    return word in item.title and all(have == want for have, want in known)


def left_over_score(wanted: list[str], reading: Reading) -> Score:
    found, total = reading.left_over_texts(), Score()
    for words in wanted:
        match = next((text for text in found if words in text or words.replace(" ", "") in text), None)
        if match is None:
            total.missed.append(words)
        else:
            found.remove(match)
            total.hits += 1
    total.extra = found
    return total


def total(names: list[str]) -> dict[str, Score]:
    sums = {kind: Score() for kind in ("sections", "targets", "items", "left_over")}
    for name in names:
        for kind, each in score(name).items():
            sums[kind] += each
    return sums
