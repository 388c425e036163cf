"""What the editor shows beside the fields: the figures that can be put in, and what the records say instead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from core.components import ConflictNotice, Side
from core.pages import FormPage
from core.pdf.blocks import Annex, Attachments, Figure, Heading, Paragraph, Picture, Signature
from core.textdiff import Piece, pieces
from reports.forms.manuscripts import EditorForm, slot_of
from reports.manuscripts import passages as kept
from reports.manuscripts import tokens
from reports.manuscripts.passages import Passage
from reports.models import Manuscript

CLAUSE = re.compile(r"[，。；：、《》]|其中")
LONGEST_NAME = 16


# --- figures -------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Choice:
    """A figure as the list offers it."""

    figure: Figure
    label: str

    @property
    def token(self) -> str:
        return tokens.token(self.figure)


def palette(manuscript: Manuscript) -> list[Choice]:
    """Every figure of the manuscript, those of the text first; one without a name is called by the words before it."""
    facts = kept.load_figures(manuscript.figures)
    named = dict(reversed(list(words_before(kept.load(manuscript.passages)))))
    order = [*(key for key in reversed(named) if key in facts), *(key for key in facts if key not in named)]
    return [Choice(facts[key], facts[key].label or named.get(key) or key) for key in order if not facts[key].gone]


def words_before(passages: Sequence[Passage]) -> Iterator[tuple[str, str]]:
    """(key, the end of the clause before the figure), in the order of the text."""
    for each in passages:
        before = ""
        for run in each.block.runs if isinstance(each.block, Paragraph) else ():
            if isinstance(run, Figure):
                yield run.key, before
            else:
                before = CLAUSE.split(str(run))[-1][-LONGEST_NAME:] or before


# --- passages ------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Offer:
    """The records now say something else than when the words were changed: from the own words to the composed."""

    pieces: tuple[Piece, ...]
    mine: str
    composed: str


def offer(passage: Passage, facts: dict[str, Figure]) -> Offer | None:
    if not passage.changed:
        return None
    mine, composed = plain(passage.current), plain(tokens.renewed(passage.composed, facts))
    return Offer(pieces(mine, composed), mine, composed)


def plain(text: str) -> str:
    """Text as it reads: figures as their values."""
    return tokens.TOKEN.sub(lambda match: match[1], text)


def rows(form: EditorForm, manuscript: Manuscript) -> Iterator[dict[str, Any]]:
    """The passages with their fields, in order; written out as they are needed."""
    facts, annex = kept.load_figures(manuscript.figures), ""
    for row in form.rows():
        block = row.passage.block
        annex = block.title if isinstance(block, Annex) else annex
        yield {
            "row": row, "passage": row.passage, "offer": offer(row.passage, facts), "kind": kind_of(block),
            "caption": name_of(block) or annex,
            "size": len(getattr(block, "rows", ()) or ()),
        }  # fmt: skip


def name_of(block: Any) -> str:
    """What the editor calls a block that has no words of its own."""
    if isinstance(block, Annex):
        return f"附件：{block.title}"
    if isinstance(block, Attachments | Signature):
        return "落款和日期" if isinstance(block, Signature) else "附件目录"
    return getattr(block, "caption", "") or getattr(block, "title", "")


def kind_of(block: Any) -> str:
    if isinstance(block, Heading):
        return "heading"
    if isinstance(block, Paragraph):
        return "paragraph"
    return "picture" if isinstance(block, Picture) else "other"


# --- two people at once ----------------------------------------------------------------------------------------------
class EditorPage(FormPage):
    """Tells passage by passage what somebody else saved meanwhile, and loses no words of a passage that is gone."""

    def conflict_notice(self, form: EditorForm) -> ConflictNotice | None:
        notice = super().conflict_notice(form)
        if notice is None or self.conflict is None:
            return notice
        stored = {slot_of(each.key): each for each in kept.load(self.conflict.current.passages) if each.is_worded}
        return ConflictNotice(notice.who, notice.when, [*notice.fields, *self.sides(stored)])

    def sides(self, stored: dict[str, Passage]) -> Iterator[Side]:
        for name, typed in self.request.POST.items():
            kind, _, slot = name.partition("_")
            mine = plain(typed.replace("\r\n", "\n").strip())
            if kind != "text" or not mine:
                continue
            theirs = plain(stored[slot].current) if slot in stored else ""
            if mine != theirs:
                yield Side(f"“{mine[:12]}…”", mine, theirs or "（这一段已不在文稿里）")
