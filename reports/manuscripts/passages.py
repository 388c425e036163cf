"""A manuscript as a list of passages: each is a block as composed, and what the office made of it.

A passage is recognised from one composing to the next by its key: what the block says of itself, its heading or
caption, or the first figure in it. So an edit stays with its sentence when other sentences come or go.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from core.pdf import codec
from core.pdf.blocks import Block, Figure, Heading, Paragraph
from reports.documents import Composition
from reports.manuscripts import tokens

#: Blocks whose words the office may change; tables and charts it may only leave out.
WORDED = (Heading, Paragraph)


@dataclass(frozen=True)
class Passage:
    """`text`: the office's own words, figures as tokens; None while it is as composed. `base`: the words as composed
    when the office took them over; `own`: written by
    the office, composed from nothing. `orphan`: the records no longer give this passage.
    """

    key: str
    block: Block
    text: str | None = None
    base: str = ""
    hidden: bool = False
    own: bool = False
    orphan: bool = False

    @property
    def is_worded(self) -> bool:
        return isinstance(self.block, WORDED)

    @property
    def is_edited(self) -> bool:
        return self.own or self.text is not None

    @property
    def composed(self) -> str:
        """The block's own words with tokens."""
        return words_of(self.block)

    @property
    def current(self) -> str:
        """The words as they are printed, with tokens."""
        return self.composed if self.text is None else self.text

    @property
    def changed(self) -> bool:
        """Whether the records now give other words (not just other values) than those the office had before it."""
        if self.text is None or self.own:
            return False
        return tokens.without_values(self.base) != tokens.without_values(self.composed)


def words_of(block: Block) -> str:
    if isinstance(block, Heading):
        return block.text
    return tokens.written(block.runs) if isinstance(block, Paragraph) else ""


def passages_of(found: Composition) -> list[Passage]:
    """One passage per block, each with a key of its own."""
    seen: Counter[str] = Counter()
    made = []
    for block in found.blocks:
        key = key_of(block)
        seen[key] += 1
        made.append(Passage(key if seen[key] == 1 else f"{key}~{seen[key]}", block))
    return made


def key_of(block: Block) -> str:
    kind = type(block).__name__.lower()
    if own := getattr(block, "key", ""):
        return f"{kind}:{own}"
    if isinstance(block, Heading):
        return f"{kind}:{block.text}"
    if isinstance(block, Paragraph):
        return f"{kind}:{first_figure(block.runs) or short(str(block.runs))}"
    return f"{kind}:{getattr(block, 'caption', '') or getattr(block, 'title', '') or ''}"


def first_figure(runs: Sequence[Any] | str) -> str:
    return next((run.key for run in runs if isinstance(run, Figure) and run.key), "")


def short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:10]


# --- kept as JSON --------------------------------------------------------------------------------------------------
def dump(passages: Iterable[Passage]) -> list[dict[str, Any]]:
    return [{**plain(each), "block": codec.dump(each.block)} for each in passages]


def plain(passage: Passage) -> dict[str, Any]:
    return {name: value for name, value in vars(passage).items() if name != "block"}


def load(rows: Iterable[dict[str, Any]]) -> list[Passage]:
    return [Passage(**{**row, "block": codec.load(row["block"])}) for row in rows]


def dump_figures(facts: dict[str, Figure]) -> dict[str, dict[str, Any]]:
    return {key: asdict(figure) for key, figure in facts.items()}


def load_figures(rows: dict[str, dict[str, Any]]) -> dict[str, Figure]:
    return {key: Figure(**row) for key, row in rows.items()}


# --- as they are printed ---------------------------------------------------------------------------------------------
def printed(passages: Iterable[Passage], facts: dict[str, Figure]) -> list[Block]:
    """The blocks of a manuscript: own words in place of composed ones, hidden passages left out, figures filled in."""
    return [as_block(each, facts) for each in passages if not each.hidden and not is_blank(each)]


def is_blank(passage: Passage) -> bool:
    return passage.is_worded and not passage.current.strip()


def as_block(passage: Passage, facts: dict[str, Figure]) -> Block:
    if passage.text is None:
        return passage.block
    if isinstance(passage.block, Heading):
        return replace(passage.block, text=passage.text)
    return replace(passage.block, runs=tokens.read(passage.text, facts))
