"""A manuscript as something that can be printed: from what is kept, never from the records."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import Any

from django.utils import timezone

from core.clock import chinese_date
from core.pdf.blocks import Block, Colophon, Heading, Masthead, Paragraph, Remark, Signature, number_headings
from reports.documents import Composition, annexes
from reports.manuscripts import passages as kept
from reports.manuscripts.passages import Passage
from reports.models import Manuscript


def composition(manuscript: Manuscript) -> Composition:
    """What is printed. A draft says under its title that it is one; an approved one bears head, number and date."""
    found = Composition(manuscript.title, **frame(manuscript))
    facts = kept.load_figures(manuscript.figures)
    found.facts = facts
    found.figures = {key: figure.value for key, figure in facts.items()}
    found.blocks = blocks_of(kept.load(manuscript.passages), facts)
    if manuscript.is_frozen:
        found.blocks = [part for block in found.blocks for part in signed(block, manuscript)]
    return found


def frame(manuscript: Manuscript) -> dict[str, Any]:
    """What surrounds the text. Under a red head the office is not said again below the title."""
    kept_frame, head = manuscript.frame, masthead(manuscript)
    template = {"template": kept_frame["template"]} if kept_frame.get("template") else {}
    return {**template, "head": head, "office": "" if head else kept_frame.get("office", ""),
            "date": date_line(manuscript)}  # fmt: skip


def date_line(manuscript: Manuscript) -> str:
    said = manuscript.frame.get("date", "")
    if manuscript.is_frozen:
        return said
    return f"草稿，{said or f'数据截至{chinese_date(timezone.localdate(manuscript.as_of))}'}"


def masthead(manuscript: Manuscript) -> Masthead | None:
    """版头 of an approved one that was asked for under a red head; `signer` for papers that go upward (7.2.6)."""
    if not (manuscript.is_frozen and manuscript.frame.get("headed")):
        return None
    name = f"{manuscript.frame.get('office') or manuscript.office.name}文件"
    return Masthead(name, manuscript.doc_no, manuscript.frame.get("signer", ""))


def colophon(manuscript: Manuscript) -> list[Block]:
    """版记 of what has a red head, the last of all blocks."""
    if masthead(manuscript) is None or manuscript.frozen_at is None:
        return []
    issuer = manuscript.frame.get("office") or manuscript.office.name
    return [Colophon(manuscript.frame.get("cc", []), issuer, timezone.localdate(manuscript.frozen_at))]


def blocks_of(passages: list[Passage], facts: dict[str, Any]) -> list[Block]:
    """Numbered anew, because passages may have been left out or added; several lines become several paragraphs."""
    blocks = [part for block in kept.printed(passages, facts) for part in in_lines(block)]
    numbered = number_headings([replace(block, number=None) if counted(block) else block for block in blocks])
    return annexes.tidied(numbered)


def counted(block: Block) -> bool:
    """Headings that bear a number of their own making; an empty number means none."""
    return isinstance(block, Heading) and block.number != ""


def in_lines(block: Block) -> list[Block]:
    """A paragraph in which the clerk pressed Enter becomes several."""
    if not isinstance(block, Paragraph) or isinstance(block.runs, str):
        return [block]
    lines: list[list[Any]] = [[]]
    for run in block.runs:
        first, *others = run.split("\n") if isinstance(run, str) else [run]
        lines[-1].append(first)
        lines += [[part] for part in others]
    kept_lines = [[run for run in line if run != ""] for line in lines]
    return [replace(block, runs=line) for line in kept_lines if line] or [block]


def signed(block: Block, manuscript: Manuscript) -> list[Block]:
    """成文日期 is the day it was approved (GB/T 9704-2012 7.3.5.4); below it up to when the records went (附注)."""
    if not isinstance(block, Signature) or manuscript.frozen_at is None:
        return [block]
    as_of = chinese_date(timezone.localdate(manuscript.as_of))
    said = [] if as_of in date_line(manuscript) else [Remark(f"文中数据截至{as_of}")]
    return [replace(block, date=timezone.localdate(manuscript.frozen_at)), *said]


def digest(manuscript: Manuscript) -> str:
    """SHA-256 of everything that is frozen, the same on every machine."""
    said = [manuscript.title, manuscript.passages, manuscript.figures, manuscript.frame, manuscript.doc_no,
            manuscript.as_of.isoformat(), manuscript.edition]  # fmt: skip
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
