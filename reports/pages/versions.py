"""Editions of a manuscript, and what differs between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core import textversions
from core.textdiff import Piece, pieces
from reports.forms.manuscripts import slot_of
from reports.manuscripts import differences, tokens
from reports.manuscripts import passages as kept
from reports.models import Manuscript
from reports.pages.editor import plain

#: What each saving keeps (`reports.manuscripts.services`).
SAVED = {"text": "全文"}


@dataclass(frozen=True)
class Edit:
    """What the office made of a passage: from the words the records give to its own."""

    label: str
    anchor: str
    pieces: tuple[Piece, ...]


def anchors(manuscript: Manuscript) -> dict[str, str]:
    """Each passage's place on the page, the same in the editor and on the page to read."""
    return {row["key"]: f"p-{slot_of(row['key'])}" for row in manuscript.passages}


def editions(user: Any, manuscript: Manuscript) -> list[Manuscript]:
    """All editions the user may see, the newest first."""
    same = {name: getattr(manuscript, name) for name in ("office", "document", "year", "part")}
    return list(Manuscript.objects.visible_to(user).filter(**same).order_by("-edition"))


def successor(user: Any, manuscript: Manuscript) -> Manuscript | None:
    """The edition that corrects this one, if the user may see it."""
    return Manuscript.objects.visible_to(user).filter(corrects=manuscript).first() if manuscript.is_frozen else None


def compared(manuscript: Manuscript) -> dict[str, Any]:
    """`older` is the edition it corrects, with changes of text and of figures; `edits` are the office's own words."""
    older = manuscript.corrects
    return {
        "older": older,
        "changes": differences.between(older, manuscript) if older else [],
        "figures": differences.of_figures(older, manuscript) if older else [],
        "edits": list(edits(manuscript)),
    }


def edits(manuscript: Manuscript) -> list[Edit]:
    facts = kept.load_figures(manuscript.figures)
    return [
        Edit(label, f"p-{slot_of(each.key)}", pieces(composed(each, facts), plain(each.current)))
        for label, each in differences.placed(kept.load(manuscript.passages))
        if each.is_edited and each.is_worded
    ]


def composed(passage: Any, facts: Any) -> str:
    return "" if passage.own else plain(tokens.renewed(passage.composed, facts))


def savings(manuscript: Manuscript, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Two savings of the text, and which ones are chosen."""
    found = textversions.comparison(manuscript, SAVED, asked)
    shown = found["comparison"]
    older = shown.older.number if shown and shown.older else 0
    picks = [("older", "旧的一次", older), ("newer", "新的一次", shown.newer.number if shown else 0)]
    return {**found, "picks": picks}
