"""附件: what is too long for the text stands on pages of its own behind it, named below the text (附件说明)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.pdf.blocks import Annex, Attachments, Block, Colophon, Table

#: How the keys of their tables begin.
OF_ANNEX = "annex:"


@dataclass(frozen=True)
class List:
    """One annex: its name and its table."""

    title: str
    table: Table


def named(lists: Sequence[List]) -> list[Block]:
    """附件说明, before the signature."""
    return [Attachments([each.title for each in lists])] if lists else []


def attached(lists: Sequence[List]) -> list[Block]:
    """The pages after it."""
    alone = len(lists) == 1
    return [
        block
        for number, each in enumerate(lists, 1)
        for block in (Annex(each.title, 0 if alone else number), replace(each.table, key=f"{OF_ANNEX}{each.title}"))
    ]


def tidied(blocks: Sequence[Block]) -> list[Block]:
    """What is left when the office leaves some annexes out: neither a name without its list nor a list without its
    name, numbered anew, and named below the text as they are.
    """
    beside = zip([None, *blocks], blocks, [*blocks[1:], None], strict=False)
    held = [block for before, block, after in beside if not is_lost(before, block, after)]
    names = [each.title for each in held if isinstance(each, Annex)]
    numbers = iter(range(1, len(names) + 1) if len(names) > 1 else [0])
    made = [replace(each, number=next(numbers)) if isinstance(each, Annex) else each for each in held]
    if not names and not any(isinstance(each, Annex) for each in blocks):
        return made
    return [replace(each, names=names) if isinstance(each, Attachments) else each
            for each in made if names or not isinstance(each, Attachments)]  # fmt: skip


def is_lost(before: Block | None, block: Block, after: Block | None) -> bool:
    if isinstance(block, Annex):
        return after is None or isinstance(after, Annex | Colophon)
    return isinstance(block, Table) and block.key.startswith(OF_ANNEX) and not isinstance(before, Annex)
