"""Composing again without losing an edit: the newest passages, with what the office made of each carried over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from core.pdf.blocks import Figure
from reports.manuscripts import tokens
from reports.manuscripts.passages import Passage


def merged(old: Sequence[Passage], new: Sequence[Passage], facts: Mapping[str, Figure]) -> list[Passage]:
    """`new` in its order with the edits of `old`; what only the office has stays behind the passage it followed.

    An edited passage the records no longer give becomes an orphan; one nobody touched is dropped.
    """
    known = {each.key: each for each in old}
    result = [carried(each, known.get(each.key), facts) for each in new]
    given = {each.key for each in new}
    before = ""
    for each in old:
        if each.key not in given and (each.own or each.is_edited):
            kept = renewed(each, facts)
            insert_after(result, before, kept if each.own else replace(kept, orphan=True))
        elif each.key not in given:
            continue
        before = each.key
    return result


def carried(passage: Passage, before: Passage | None, facts: Mapping[str, Figure]) -> Passage:
    if before is None:
        return passage
    return renewed(replace(passage, text=before.text, base=before.base, hidden=before.hidden), facts)


def renewed(passage: Passage, facts: Mapping[str, Figure]) -> Passage:
    """Figures inside own words show their newest values."""
    return passage if passage.text is None else replace(passage, text=tokens.renewed(passage.text, facts))


def insert_after(passages: list[Passage], key: str, passage: Passage) -> None:
    """Behind the passage of the key; at the beginning when there is none."""
    at = next((place for place, each in enumerate(passages) if each.key == key), -1)
    passages.insert(at + 1, passage)
