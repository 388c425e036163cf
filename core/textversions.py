"""Versions of what people write: each saving is kept, two can be compared, an old one comes back as a new one.

    textversions.keep(activity, {"minutes": …, "outcome": …}, by=user)      # in the transaction that saves them
    context = textversions.comparison(activity, LABELS, request.GET)         # for components/text_versions.html

Nothing is ever overwritten: restoring saves the old texts again through the object's own service, which keeps them
as the newest version. The caller has checked permissions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django.http import Http404

from core.models import TextVersion
from core.textdiff import Piece, pieces


def of(subject: Model) -> QuerySet[TextVersion]:
    """All versions of the object's texts, newest first."""
    kind = ContentType.objects.get_for_model(subject)
    return TextVersion.objects.filter(subject_type=kind, subject_id=subject.pk)


def version(subject: Model, number: int) -> TextVersion:
    """Raises Http404."""
    found = of(subject).filter(number=number).first()
    if found is None:
        raise Http404
    return found


def keep(subject: Model, texts: Mapping[str, str], *, by: Any, note: str = "",
         before: Mapping[str, str] | None = None) -> TextVersion | None:  # fmt: skip
    """Adds a version unless the texts are those of the newest one. The caller holds the object's row lock.

    `before` are the texts until now: kept first when the object was written before versions were.
    """
    newest = of(subject).first()
    if newest is None and before and any(before.values()) and dict(before) != dict(texts):
        newest = add(subject, 1, before, by=None, note="此前的内容")
    if newest is not None and newest.texts == dict(texts):
        return None
    return add(subject, newest.number + 1 if newest else 1, texts, by=by, note=note)


def add(subject: Model, number: int, texts: Mapping[str, str], *, by: Any, note: str) -> TextVersion:
    return TextVersion.objects.create(
        subject_type=ContentType.objects.get_for_model(subject),
        subject_id=subject.pk,
        number=number,
        texts=dict(texts),
        note=note,
        author=by,
        author_name=by.name if by else "",
    )


# --- two of them side by side ------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Comparison:
    """`older` is None for the first version; `changes` are (label, pieces) of the fields that differ."""

    older: TextVersion | None
    newer: TextVersion
    changes: list[tuple[str, tuple[Piece, ...]]]

    @property
    def title(self) -> str:
        return f"第 {self.older.number} 版 → 第 {self.newer.number} 版" if self.older else str(self.newer)


def comparison(subject: Model, labels: Mapping[str, str], asked: Mapping[str, Any]) -> dict[str, Any]:
    """What the versions page shows: `versions`, and the `comparison` of `?older=` with `?newer=` (the newest two
    when nothing is asked for). One query."""
    versions = list(of(subject).select_related("author"))
    newer = chosen(versions, asked.get("newer"), 0)
    older = chosen(versions, asked.get("older"), versions.index(newer) + 1 if newer else 0)
    return {"versions": versions, "comparison": compared(older, newer, labels) if newer else None}


def chosen(versions: list[TextVersion], asked: Any, fallback: int) -> TextVersion | None:
    found = next((each for each in versions if str(each.number) == str(asked)), None)
    return found or (versions[fallback] if fallback < len(versions) else None)


def compared(older: TextVersion | None, newer: TextVersion, labels: Mapping[str, str]) -> Comparison:
    """The lower number is the older one, whichever was asked for first."""
    if older is not None and older.number > newer.number:
        older, newer = newer, older
    if older is None:
        written = [(label, newer.texts.get(name, "")) for name, label in labels.items()]
        return Comparison(None, newer, [(label, (("same", text),)) for label, text in written if text])
    before = older.texts
    pairs = [(label, before.get(name, ""), newer.texts.get(name, "")) for name, label in labels.items()]
    return Comparison(older, newer, [(label, pieces(old, new)) for label, old, new in pairs if old != new])
