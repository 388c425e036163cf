"""Documents about one record: a letter, a notice, a sheet. Each is one small module: what it is about, who reads it,
and how it is composed.

    kinds.register("reply_letter", PaperKind("reply_letter", "答复函", load, sees, compose, newest))
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.http import Http404
from django.utils import timezone

from core.registry import Registry
from reports.documents import Composition

LAYOUT = ("core/pdf", "core/docx", "static/documents", "templates/documents")
KINDS_OF_SOURCE = (".css", ".html", ".py")


@dataclass(frozen=True)
class Making:
    """`as_of`: the moment of printing. `site`: where the portal is, for QR codes; empty when nobody knows. `user`: who
    asked, for papers that say what that person may see; None from the shell.
    """

    as_of: datetime
    site: str = ""
    user: Any = None

    @property
    def day(self) -> date:
        return timezone.localtime(self.as_of).date()

    def address(self, path: str) -> str:
        return f"{self.site.rstrip('/')}{path}" if self.site else ""


@dataclass(frozen=True)
class PaperKind:
    """`load(pk, part)` gives the record or None; `sees(user, record)` whether the user may have the document;
    `compose(record, making)` raises DomainError when there is nothing to print; `newest()` gives (pk, part) of the
    newest record, for the shell.
    """

    key: str
    label: str
    load: Callable[[int, int], Any]
    sees: Callable[[Any, Any], bool]
    compose: Callable[[Any, Making], Composition]
    newest: Callable[[], tuple[int, int] | None]


kinds: Registry[PaperKind] = Registry("document of a record")


def register(kind: PaperKind) -> PaperKind:
    return kinds.register(kind.key, kind)


@dataclass(frozen=True)
class Offer:
    """A document offered on a page. `note` tells two of the same kind apart."""

    kind: PaperKind
    pk: int
    part: int = 0
    note: str = ""

    @property
    def label(self) -> str:
        return f"{self.kind.label}（{self.note}）" if self.note else self.kind.label


def record_for(user: Any, document: str, pk: int, part: int) -> tuple[PaperKind, Any]:
    """The kind and its record. Raises Http404 for a stranger as for a missing one."""
    kind = kinds.find(document)
    record = kind.load(pk, part) if kind else None
    if kind is None or record is None or not kind.sees(user, record):
        raise Http404
    return kind, record


@cache
def layout() -> str:
    """Of what turns blocks into pages, so that a sheet corrected in a newer version is not served as it was before."""
    made = hashlib.sha256()
    for folder in LAYOUT:
        for path in sorted(each for each in (settings.ROOT / folder).rglob("*") if each.suffix in KINDS_OF_SOURCE):
            made.update(path.read_bytes())
    return made.hexdigest()


def fingerprint(found: Composition) -> str:
    """Of everything that is printed: blocks are plain values and say all of themselves; and of how it is laid out."""
    said = repr((found.title, found.office, found.date, found.head, found.blocks, layout()))
    return hashlib.sha256(said.encode()).hexdigest()
