"""A manuscript as something that can be printed: from what is kept, never from the records."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils import timezone

from core.clock import chinese_date
from core.pdf.blocks import Block, Heading, Paragraph, Signature, number_headings
from reports.documents import Composition
from reports.manuscripts import passages as kept
from reports.manuscripts.passages import Passage
from reports.models import Manuscript


def composition(manuscript: Manuscript) -> Composition:
    """What is printed. A draft says under its title that it is one; an approved one bears number and date."""
    found = Composition(manuscript.title, manuscript.frame.get("office", ""), **frame(manuscript))
    facts = kept.load_figures(manuscript.figures)
    found.facts = facts
    found.figures = {key: figure.value for key, figure in facts.items()}
    found.blocks = blocks_of(kept.load(manuscript.passages), facts)
    if manuscript.is_frozen:
        found.blocks = [dated(block, timezone.localdate(manuscript.frozen_at)) for block in found.blocks]
    return found


def frame(manuscript: Manuscript) -> dict[str, Any]:
    """What surrounds the text."""
    template = manuscript.frame.get("template")
    given: dict[str, Any] = {"template": template} if template else {}
    said = manuscript.frame.get("date", "")
    if not manuscript.is_frozen:
        as_of = f"数据截至{chinese_date(timezone.localdate(manuscript.as_of))}"
        said = f"草稿，{said or as_of}"
    return {**given, "date": said}


def blocks_of(passages: list[Passage], facts: dict[str, Any]) -> list[Block]:
    """Numbered anew, because passages may have been left out or added; several lines become several paragraphs."""
    blocks = [part for block in kept.printed(passages, facts) for part in in_lines(block)]
    return number_headings([replace(block, number=None) if counted(block) else block for block in blocks])


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


def dated(block: Block, day: date) -> Block:
    """成文日期 is the day it was approved (GB/T 9704-2012 7.3.5.4)."""
    return replace(block, date=day) if isinstance(block, Signature) else block


def digest(manuscript: Manuscript) -> str:
    """SHA-256 of everything that is frozen, the same on every machine."""
    said = [manuscript.title, manuscript.passages, manuscript.figures, manuscript.frame, manuscript.doc_no,
            manuscript.as_of.isoformat(), manuscript.edition]  # fmt: skip
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
