"""What is similar to a text, as far as the user may see it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Sum, Value, When

from core.pages import Link
from organisation.models import Code
from organisation.selectors import home_office, rules
from similar.choosing import affordable, keys
from similar.comparing import Asked, Words
from similar.defaults import LINES, PHRASE, SHOW
from similar.models import Census, Gram, Text
from similar.passages import Passage, passages
from similar.sources import Face, Result, Written, results_of, sources
from similar.weights import Weights

#: So many rows of the index are read at most; of what they find so many are asked about, of each kind so many compared.
ROWS, POOL, CANDIDATES = 60_000, 400, 40
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


class Lens:
    """One user's look: what is common, what is left out, the office's numbers. Read once, for all kinds."""

    def __init__(self, user: Any) -> None:
        self.user, self.weights, self.phrases = user, weights(), phrases()
        ruled = rules((SHOW, LINES), home_office(user))
        self.numbers: dict[str, int] = ruled[SHOW]
        self.lines: bool = ruled[LINES]

    @property
    def threshold(self) -> float:
        return self.numbers["threshold"] / 100

    def words(self, title: str, body: str) -> Words:
        return Words.of(title, body, self.phrases)

    def ask(self, written: Written) -> Asked:
        return Asked(self.words(written.title, written.body), self.weights)


# --- looking -----------------------------------------------------------------------------------------------------
def look(subject: Subject, user: Any, reviewed: Any = None) -> Found:
    """The most similar texts the user may see. `reviewed`: the record, when a reviewer looks: hits get their links."""
    lens = Lens(user)
    asked = lens.ask(subject.written)
    matches = [
        match
        for kind, pks in seen(lens, asked, pool(asked), lines=lens.lines).items()
        for match in compared(lens, asked, pks, own=subject.own if kind == subject.kind else None)
        if match.score >= lens.threshold
    ]
    matches.sort(key=lambda match: (-match.score, -match.text.pk))
    hits = list(hits_of(matches[: lens.numbers["shown"]], subject, lens, reviewed))
    years = sorted({match.text.dated.year for match in matches if match.text.dated})
    return Found(hits, years, len(matches) - len(hits))


def cases(kind: str, written: Written, user: Any, *, own: int | None, count: int) -> list[Match]:
    """The `count` most similar records of one kind the user may open, a little below the threshold of the panel."""
    lens = Lens(user)
    asked = lens.ask(written)
    found = compared(lens, asked, seen(lens, asked, pool(asked), lines=False).get(kind, []), own=own)
    good = [match for match in found if match.score >= lens.threshold * LENIENT]
    return sorted(good, key=lambda match: -match.score)[:count]


def pool(asked: Asked) -> list[int]:
    """Ids of the texts with the most telling keys in common, best first: one grouped query over the index alone."""
    wanted = affordable(keys(asked.words, asked.weights), ROWS)
    if not wanted:
        return []
    telling = [key.number for key in wanted if key.weight >= TELLING]
    said = Case(When(value__in=telling, then=Value(2)), default=Value(1))
    rows = Gram.objects.filter(value__in=[key.number for key in wanted]).values("text_id").annotate(said=Sum(said))
    return list(rows.order_by("-said", "-text_id").values_list("text_id", flat=True)[:POOL])


def seen(lens: Lens, asked: Asked, text_ids: list[int], *, lines: bool) -> dict[str, list[int]]:
    """kind → those of the texts the user may open, and those of which he may see a line; CANDIDATES at most."""
    texts = Text.objects.filter(pk__in=text_ids).values_list("pk", "kind", "object_id", "title")
    rows = {pk: (kind, of, title) for pk, kind, of, title in texts}
    found = {}
    for kind in sorted({kind for kind, _, _ in rows.values()}):
        mine = {pk: rows[pk] for pk in text_ids if pk in rows and rows[pk][0] == kind}
        allowed = may_see(kind, [of for _, of, _ in mine.values()], lens.user, lines=lines)
        found[kind] = narrowed(lens, asked, {pk: title for pk, (_, of, title) in mine.items() if of in allowed})
    return found


def narrowed(lens: Lens, asked: Asked, titles: dict[int, str]) -> list[int]:
    """Half of the CANDIDATES by the order they come in, half by their titles."""
    first, rest = list(titles)[: CANDIDATES // 2], list(titles)[CANDIDATES // 2 :]
    rest.sort(key=lambda pk: -asked.titles(lens.words(titles[pk], "")))
    return first + rest[: CANDIDATES // 2]


def may_see(kind: str, pks: list[int], user: Any, *, lines: bool) -> set[int]:
    """Of these records. Asked by key, so that it costs the same however many records there are."""
    source = sources.get(kind)
    found = set(source.visible(user).filter(pk__in=pks).values_list("pk", flat=True)) if pks else set()
    if lines and (rest := set(pks) - found):
        found |= set(source.lines(user).filter(pk__in=rest).values_list("pk", flat=True))
    return found


def compared(lens: Lens, asked: Asked, text_ids: list[int], *, own: int | None) -> Iterator[Match]:
    """The texts compared in full, all but the record itself."""
    for text in Text.objects.filter(pk__in=text_ids).exclude(object_id=own):
        yield Match(text, asked.score(lens.words(text.title, text.body)))


# --- showing -----------------------------------------------------------------------------------------------------
def by_kind(matches: list[Match]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for match in matches:
        found.setdefault(match.text.kind, []).append(match.text.object_id)
    return found


def hits_of(matches: list[Match], subject: Subject, lens: Lens, reviewed: Any) -> Iterator[Hit]:
    """What is told of each match: everything to readers, a line without people and text to others."""
    told = {kind: told_of(kind, pks, lens.user) for kind, pks in by_kind(matches).items()}
    for match in matches:
        kind, pk, score = match.text.kind, match.text.object_id, round(100 * match.score)
        source, (faces, answers, readable) = sources.get(kind), told[kind]
        offers = source.offers(lens.user, reviewed, pk) if reviewed is not None and kind == subject.kind else []
        alike = passages(subject.written.body, match.text.body, lens.weights) if pk in readable else []
        yield Hit(
            kind=kind, pk=pk, score=score, label=source.label, face=faces[pk], readable=pk in readable,
            year=match.text.dated.year if match.text.dated else None, same=score >= lens.numbers["same"],
            by_same=bool(faces[pk].people & subject.people), results=answers.get(pk, []), passages=alike,
            links=list(offers),
        )  # fmt: skip


def told_of(
    kind: str, pks: Collection[int], user: Any
) -> tuple[dict[int, Face], dict[int, list[Result]], frozenset[int]]:
    """Faces, results, and which of them the user may open."""
    source = sources.get(kind)
    readable = source.visible(user).filter(pk__in=pks).values_list("pk", flat=True)
    return source.faces(pks), results_of(kind, pks), frozenset(readable)
