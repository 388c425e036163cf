"""What is similar to a text, as far as the user may see it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Q, Sum, Value, When

from core.pages import Link
from organisation.models import Code, Office
from organisation.selectors import home_office, rule
from similar.choosing import affordable, keys
from similar.comparing import Asked, Words
from similar.defaults import LINES, PHRASE, SHOW
from similar.models import Census, Gram, Text
from similar.passages import Passage, passages
from similar.sources import Face, Result, Written, results_of, sources
from similar.weights import Weights

#: Of each kind so many are compared in full; for finding them so many rows of the index are read at most.
CANDIDATES, ROWS = 40, 60_000
#: A key that says at least this much is telling.
TELLING = 0.5
#: For what sort of case it is, less likeness is enough than for being the same matter.
LENIENT = 0.8
#: From this score on a hit is called 很相似.
MUCH = 50


@dataclass(frozen=True)
class Subject:
    """What is compared. `own`: the record's pk when it has one, so that it does not find itself; `people`: authors."""

    kind: str
    written: Written
    own: int | None = None
    people: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Hit:
    """A similar text. `score` 0 to 100. `readable`: the user may open it; else only its line is shown."""

    kind: str
    pk: int
    score: int
    label: str
    face: Face
    year: int | None
    readable: bool
    same: bool
    by_same: bool
    results: list[Result]
    passages: list[Passage]
    links: list[Link]

    @property
    def degree(self) -> str:
        """How similar, in words: a number would pretend to be exact."""
        return "几乎相同" if self.same else "很相似" if self.score >= MUCH else "相关"

    @property
    def degree_tone(self) -> str:
        return "warning" if self.same else "info" if self.score >= MUCH else "neutral"


@dataclass(frozen=True)
class Found:
    """`hits` best first; `years` in which something as similar was handed in, oldest first; `more` not shown."""

    hits: list[Hit]
    years: list[int]
    more: int = 0

    @property
    def repeated(self) -> list[Hit]:
        """Nearly the same by one of the same people: told to the office."""
        return [hit for hit in self.hits if hit.same and hit.by_same]


@dataclass(frozen=True)
class Match:
    """A text and how similar it is, before anything is asked about it."""

    text: Text
    score: float


# --- what comparing needs ----------------------------------------------------------------------------------------
def weights() -> Weights:
    newest = Census.objects.order_by("-id").values_list("counts", "texts").first()
    return Weights(*newest) if newest else Weights()


def phrases() -> frozenset[str]:
    """Boiler-plate of all offices: the index is one for all."""
    return frozenset(Code.objects.filter(kind=PHRASE, ends=None).values_list("label", flat=True))


def numbers(office: Office | None) -> dict[str, int]:
    return rule(SHOW, office)


# --- looking -----------------------------------------------------------------------------------------------------
def look(subject: Subject, user: Any, reviewed: Any = None) -> Found:
    """The most similar texts the user may see. `reviewed`: the record, when a reviewer looks: hits get their links."""
    shown, weighed = numbers(home_office(user)), weights()
    asked = Asked(Words.of(subject.written.title, subject.written.body, phrases()), weighed)
    matches = matching(asked, subject, user, shown["threshold"] / 100)
    readable = {kind: openable(kind, pks, user) for kind, pks in by_kind(matches[: shown["shown"]]).items()}
    hits = [*hits_of(matches[: shown["shown"]], subject, user, readable, shown["same"], weighed, reviewed)]
    years = sorted({match.text.dated.year for match in matches if match.text.dated})
    return Found(hits, years, len(matches) - len(hits))


def cases(kind: str, written: Written, user: Any, *, own: int | None, count: int) -> list[Match]:
    """The `count` most similar records of one kind the user may open, a little below the threshold of the panel."""
    asked = Asked(Words.of(written.title, written.body, phrases()), weights())
    least = numbers(home_office(user))["threshold"] / 100 * LENIENT
    found = [match for match in compared(asked, kind, user, own, lines=False) if match.score >= least]
    return sorted(found, key=lambda match: -match.score)[:count]


def matching(asked: Asked, subject: Subject, user: Any, threshold: float) -> list[Match]:
    """Of all kinds, above the threshold, best first."""
    kinds = sources.keys()
    found = [
        match
        for kind in kinds
        for match in compared(asked, kind, user, subject.own if kind == subject.kind else None)
        if match.score >= threshold
    ]
    return sorted(found, key=lambda match: (-match.score, -match.text.pk))


def compared(asked: Asked, kind: str, user: Any, own: int | None, *, lines: bool = True) -> Iterator[Match]:
    """The candidates of a kind compared in full."""
    said = phrases()
    for text in Text.objects.filter(pk__in=candidates(asked, kind, user, own, lines=lines)):
        yield Match(text, asked.score(Words.of(text.title, text.body, said)))


def candidates(asked: Asked, kind: str, user: Any, own: int | None, *, lines: bool) -> list[int]:
    """Ids of the texts with the most telling keys in common, among what the user may see: one grouped query."""
    wanted = affordable(keys(asked.words, asked.weights), ROWS)
    if not wanted:
        return []
    rows = Gram.objects.filter(seen_by(user, kind, lines), value__in=[key.number for key in wanted], text__kind=kind)
    if own is not None:
        rows = rows.exclude(text__object_id=own)
    telling = [key.number for key in wanted if key.weight >= TELLING]
    said = Case(When(value__in=telling, then=Value(2)), default=Value(1))
    best = rows.values("text_id").annotate(said=Sum(said)).order_by("-said", "-text_id")
    return list(best.values_list("text_id", flat=True)[:CANDIDATES])


def seen_by(user: Any, kind: str, lines: bool) -> Q:
    """Texts of records the user may open, and those of which he may see a line."""
    source = sources.get(kind)
    seen = Q(text__object_id__in=source.visible(user).values("pk"))
    if lines and rule(LINES, home_office(user)):
        seen |= Q(text__object_id__in=source.lines(user).values("pk"))
    return seen


# --- showing -----------------------------------------------------------------------------------------------------
def by_kind(matches: list[Match]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for match in matches:
        found.setdefault(match.text.kind, []).append(match.text.object_id)
    return found


def openable(kind: str, pks: Collection[int], user: Any) -> frozenset[int]:
    return frozenset(sources.get(kind).visible(user).filter(pk__in=pks).values_list("pk", flat=True))


def hits_of(
    matches: list[Match], subject: Subject, user: Any, readable: dict[str, frozenset[int]], same: int,
    weighed: Weights, reviewed: Any,
) -> Iterator[Hit]:  # fmt: skip
    """What is told of each match: everything to readers, a line without people and text to others."""
    faces = {kind: sources.get(kind).faces(pks) for kind, pks in by_kind(matches).items()}
    answers = {kind: results_of(kind, pks) for kind, pks in by_kind(matches).items()}
    for match in matches:
        kind, pk = match.text.kind, match.text.object_id
        face, opens, score = faces[kind][pk], pk in readable[kind], round(100 * match.score)
        source = sources.get(kind)
        offers = source.offers(user, reviewed, pk) if reviewed is not None and kind == subject.kind else []
        yield Hit(
            kind=kind, pk=pk, score=score, label=source.label, face=face, readable=opens, same=score >= same,
            year=match.text.dated.year if match.text.dated else None,
            by_same=bool(face.people & subject.people), results=answers[kind].get(pk, []),
            passages=passages(subject.written.body, match.text.body, weighed) if opens else [], links=list(offers),
        )  # fmt: skip


def texts_indexed() -> dict[str, int]:
    """kind → how many texts the index has."""
    return dict(Text.objects.order_by("kind").values_list("kind").annotate(count=Count("pk")))
