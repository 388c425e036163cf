"""附件: what is too long for the text stands on pages of its own behind it, named below the text (附件说明)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.pdf.blocks import Annex, Attachments, Block, Table


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
        for block in (Annex(each.title, 0 if alone else number), each.table)
    ]
