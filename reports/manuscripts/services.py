"""Every write to a manuscript. Atomic, the actor as `by`, an audit row in the same transaction.

Edits are compared with the version the page was opened with (Conflict); a frozen manuscript is refused (Denied).
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from audit.services import record
from core import textversions
from core.errors import DomainError
from core.pdf.blocks import Figure, Heading, Paragraph, Picture
from core.versions import editing
from organisation.models import Office
from reports import permissions
from reports.documents import Composition, Document, documents
from reports.enums import ManuscriptState
from reports.manuscripts import merging, tokens
from reports.manuscripts import passages as kept
from reports.manuscripts.passages import Passage
from reports.models import Manuscript

LONGEST = 6000
#: Ends of lines as browsers send them and as Word pastes them (its soft break is a vertical tab), with the spaces that
#: indent the next line: a printed paragraph has its own indent.
LINE_END = re.compile(r"(?:\r\n?|[\n\v\f\u2028\u2029])[ \t\u3000]*")
OWN = {"paragraph": Paragraph(""), "heading": Heading(1, ""), "subheading": Heading(2, "")}


# --- making --------------------------------------------------------------------------------------------------------
@transaction.atomic
def start(*, document: str, office: Office, year: int, part: str = "", by: Any) -> Manuscript:
    """The office's newest edition of the document, composed from the records when there is none yet.

    Raises Denied, and DomainError when there is nothing to compose.
    """
    permissions.can_start(by, office).require()
    kind = owned(document)
    Office.objects.select_for_update().get(pk=office.pk)
    existing = newest(document, office, year, part)
    if existing is not None:
        return existing
    as_of = timezone.now()
    found = kind.of(office, year, as_of, part)
    made = Manuscript(office=office, document=document, year=year, part=part, created_by=by, updated_by=by)
    fill(made, found, as_of, kept.passages_of(found))
    made.save()
    record("manuscript.create", made, by=by, detail={"document": document, "year": year, "part": part})
    return made


def owned(document: str) -> Document:
    """Raises DomainError for a document that is not edited."""
    kind = documents.find(document)
    if kind is None or not kind.owned:
        raise DomainError("这份文件按记录直接生成，不需要撰写。")
    return kind


def newest(document: str, office: Office, year: int, part: str) -> Manuscript | None:
    rows = Manuscript.objects.filter(document=document, office=office, year=year, part=part)
    return rows.select_related("office").order_by("-edition").first()


def fill(manuscript: Manuscript, found: Composition, as_of: datetime, passages: Sequence[Passage]) -> None:
    """Takes over what was composed, and the passages made of it."""
    manuscript.title = manuscript.title or found.title.replace("\n", "")[:160]
    manuscript.passages = kept.dump(passages)
    manuscript.figures = kept.dump_figures(used_figures(found.facts, manuscript, passages))
    manuscript.frame = {"office": found.office, "date": found.date, "template": found.template}
    manuscript.as_of = as_of


def used_figures(facts: Mapping[str, Figure], manuscript: Manuscript, passages: Sequence[Passage]) -> dict[str, Figure]:
    """The newest figures, and those of before that a text still uses although their records are gone."""
    before = kept.load_figures(manuscript.figures or {})
    wanted = {key for each in passages if each.text is not None for key in tokens.keys(each.text)}
    lost = {key: replace(before[key], gone=True) for key in wanted if key in before and key not in facts}
    return {**facts, **lost}


@transaction.atomic
def discard(*, manuscript: Manuscript, by: Any) -> None:
    """Throws a draft away. Raises Denied once it was handed in."""
    locked = Manuscript.objects.select_for_update(of=("self",)).get(pk=manuscript.pk)
    permissions.can_edit(by, locked).require()
    record("manuscript.discard", locked, by=by, detail={"edition": locked.edition})
    locked.delete()


# --- editing -------------------------------------------------------------------------------------------------------
@contextmanager
def changing(manuscript: Manuscript, action: str, *, version: int | None, by: Any,
             detail: Mapping[str, Any] | None = None) -> Iterator[list[Passage]]:  # fmt: skip
    """The passages to change in place; kept with a text version and an audit row. Raises Denied, Conflict."""
    with editing(manuscript, version=version, by=by) as locked:
        permissions.can_edit(by, locked).require()
        passages = kept.load(locked.passages)
        before = whole(locked, passages)
        yield passages
        locked.title = manuscript.title
        locked.passages = kept.dump(passages)
        textversions.keep(locked, {"text": whole(locked, passages)}, by=by, before={"text": before})
        record(action, locked, by=by, detail=dict(detail or {}))
    manuscript.refresh_from_db()


def whole(manuscript: Manuscript, passages: Sequence[Passage]) -> str:
    """The words of the document, a paragraph a line, figures as printed."""
    shown = [tokens.TOKEN.sub(lambda match: match[1], each.current) for each in passages if each.is_worded]
    return "\n".join([manuscript.title, *shown])


def save(*, manuscript: Manuscript, title: str, texts: Mapping[str, str], hidden: Collection[str],
         version: int | None, by: Any) -> Manuscript:  # fmt: skip
    """The words of all passages and which are left out. Words equal to the composed ones are no edit; an own passage
    without words is gone. Raises DomainError at the passage's key, Denied, Conflict.
    """
    if not title.strip():
        raise DomainError("请填写标题。", field="title")
    manuscript.title = title.strip()[:160]
    facts = kept.load_figures(manuscript.figures)
    with changing(manuscript, "manuscript.edit", version=version, by=by) as passages:
        edited = [with_text(each, texts.get(each.key), facts) for each in passages]
        passages[:] = [replace(each, hidden=each.key in hidden) for each in edited if each is not None]
    return manuscript


def with_text(passage: Passage, text: str | None, facts: Mapping[str, Figure]) -> Passage | None:
    """None: an own passage that was emptied. `text` None: it was not on the page."""
    if text is None or not passage.is_worded:
        return passage
    text = checked(passage, text, facts)
    if passage.own:
        return replace(passage, text=text) if text else None
    if text == tokens.renewed(passage.composed, facts):
        return replace(passage, text=None, base="")
    return replace(passage, text=text, base=passage.base if passage.text is not None else passage.composed)


def checked(passage: Passage, text: str, facts: Mapping[str, Figure]) -> str:
    """Raises DomainError at the passage for an unknown figure or too much text."""
    text = LINE_END.sub("\n", text).strip()
    if len(text) > LONGEST:
        raise DomainError(f"一段最多 {LONGEST} 字，请分成几段。", field=passage.key)
    if isinstance(passage.block, Heading):
        return " ".join(tokens.TOKEN.sub(lambda match: match[1], text).split())
    try:
        tokens.read(text, facts)
    except DomainError as error:
        raise DomainError(error.message, field=passage.key) from None
    return tokens.renewed(text, facts)


def add(*, manuscript: Manuscript, after: str, kind: str, text: str, version: int | None,
        by: Any) -> Manuscript:  # fmt: skip
    """A paragraph or heading of the office's own behind the passage `after` (empty: at the beginning)."""
    if kind not in OWN:
        raise DomainError("请选择增加段落还是标题。")
    passage = Passage(own_key(), OWN[kind], text="", own=True)
    facts = kept.load_figures(manuscript.figures)
    with changing(manuscript, "manuscript.add", version=version, by=by) as passages:
        merging.insert_after(passages, after, replace(passage, text=checked(passage, text, facts)))
    return manuscript


def own_key() -> str:
    return f"own:{uuid.uuid4().hex[:12]}"


def add_photos(*, manuscript: Manuscript, after: str, photos: Sequence[tuple[str, str]], version: int | None,
               by: Any) -> Manuscript:  # fmt: skip
    """Photos with their captions, in the given order behind the passage `after`. The caller has found them visible."""
    if not photos:
        raise DomainError("请先选择照片。")
    with changing(manuscript, "manuscript.photos", version=version, by=by, detail={"photos": len(photos)}) as passages:
        for media_id, caption in reversed(photos):
            merging.insert_after(passages, after, Passage(own_key(), Picture(media_id, caption, 70), own=True))
    return manuscript


def remove(*, manuscript: Manuscript, key: str, version: int | None, by: Any) -> Manuscript:
    """An own passage, or one whose records are gone. Raises DomainError for others: those can be left out."""
    with changing(manuscript, "manuscript.remove", version=version, by=by) as passages:
        wanted = chosen(passages, key)
        if not (wanted.own or wanted.orphan):
            raise DomainError("按记录生成的内容不能删除，可以选择“不印这一段”。", field=key)
        passages.remove(wanted)
    return manuscript


def restore(*, manuscript: Manuscript, key: str, version: int | None, by: Any) -> Manuscript:
    """As composed again."""
    return turned(manuscript, key, "manuscript.restore", version, by, text=None, base="")


def accept(*, manuscript: Manuscript, key: str, version: int | None, by: Any) -> Manuscript:
    """Keeps the own words although the records now give others."""
    found = chosen(kept.load(manuscript.passages), key)
    return turned(manuscript, key, "manuscript.accept", version, by, base=found.composed, orphan=False)


def turned(manuscript: Manuscript, key: str, action: str, version: int | None, by: Any,
           **values: Any) -> Manuscript:  # fmt: skip
    with changing(manuscript, action, version=version, by=by) as passages:
        wanted = chosen(passages, key)
        passages[passages.index(wanted)] = replace(wanted, **values)
    return manuscript


def chosen(passages: Sequence[Passage], key: str) -> Passage:
    found = next((each for each in passages if each.key == key), None)
    if found is None:
        raise DomainError("这一段已经不在文稿里，请刷新后再试。")
    return found


# --- composing again -----------------------------------------------------------------------------------------------
def fresh(manuscript: Manuscript, as_of: datetime) -> Composition:
    """The same document from the records of now. Reads only. Raises DomainError."""
    return owned(manuscript.document).of(manuscript.office, manuscript.year, as_of, manuscript.part)


def recompose(*, manuscript: Manuscript, version: int | None, by: Any) -> Manuscript:
    """From the newest records; what the office wrote stays. Raises DomainError, Denied, Conflict."""
    as_of = timezone.now()
    found = fresh(manuscript, as_of)
    with editing(manuscript, version=version, by=by) as locked:
        permissions.can_edit(by, locked).require()
        old = kept.load(locked.passages)
        facts = used_figures(found.facts, locked, old)
        passages = merging.merged(old, kept.passages_of(found), facts)
        fill(locked, found, as_of, passages)
        textversions.keep(locked, {"text": whole(locked, passages)}, by=by, before={"text": whole(locked, old)},
                          note="按最新记录重新成文")  # fmt: skip
        record("manuscript.recompose", locked, by=by)
    manuscript.refresh_from_db()
    return manuscript


# --- correcting ----------------------------------------------------------------------------------------------------
@transaction.atomic
def correct(*, manuscript: Manuscript, reason: str, by: Any) -> Manuscript:
    """The next edition, as a draft with the approved words; the approved one stays as it is. Raises Denied."""
    locked = Manuscript.objects.select_for_update(of=("self",)).select_related("office").get(pk=manuscript.pk)
    permissions.can_correct(by, locked).require()
    if not reason.strip():
        raise DomainError("请填写更正原因。", field="reason")
    same = ("office", "document", "year", "part", "title", "passages", "figures", "frame", "as_of")
    made = Manuscript.objects.create(
        **{name: getattr(locked, name) for name in same}, edition=locked.edition + 1, corrects=locked,
        reason=reason.strip()[:300], created_by=by, updated_by=by, state=ManuscriptState.DRAFT,
    )  # fmt: skip
    record("manuscript.correct", made, by=by, detail={"corrects": locked.pk, "reason": made.reason})
    return made
