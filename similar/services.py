"""Every write to the index. It is derived from the records, so no act is recorded: the record's own act is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import transaction

from similar.choosing import keys
from similar.comparing import Words
from similar.models import Census, Gram, Text
from similar.selectors import phrases, weights
from similar.sources import Source, Written, sources
from similar.weights import Weights

CHUNK = 50
#: Counted as common: in this share of the texts, and in this many at least.
COMMON_SHARE, COMMON_PAIR, COMMON_MARK = 0.002, 3, 6
#: So many texts after each other; then what was rare among them is forgotten, or it would fill the memory.
FORGET = 2000


@transaction.atomic
def index(*, kind: str, pk: int) -> None:
    """Brings the index up to date with one record: call it in the transaction that hands in, changes or takes back.

    What is no longer received (discarded, withdrawn) leaves the index.
    """
    record = sources.get(kind).received().filter(pk=pk).first()
    if record is None:
        remove(kind=kind, pks=[pk])
    else:
        put(kind, [record], weights(), phrases())


@transaction.atomic
def remove(*, kind: str, pks: Iterable[int]) -> None:
    gone = Text.objects.filter(kind=kind, object_id__in=list(pks))
    Gram.objects.filter(text__in=gone).delete()
    gone.delete()


def put(kind: str, records: list[Any], weighed: Weights, said: frozenset[str]) -> None:
    """Writes the rows of these records anew."""
    source = sources.get(kind)
    remove(kind=kind, pks=[record.pk for record in records])
    texts = Text.objects.bulk_create(row(kind, source, record) for record in records)
    Gram.objects.bulk_create(
        (
            Gram(text=text, value=value)
            for text in texts
            for value in {key.number for key in keys(Words.of(text.title, text.body, said), weighed)}
        ),
        batch_size=5000,
    )


def row(kind: str, source: Source, record: Any) -> Text:
    written = source.written(record)
    return Text(
        kind=kind, object_id=record.pk, title=written.title[:200], body=written.body, dated=written.dated
    )  # fmt: skip


def rebuild(*, kinds: Iterable[str] = (), tell: Callable[[str, int, int], None] = lambda *args: None) -> int:
    """All texts anew, after an import or a restored backup: first counted, then indexed in chunks of their own
    transactions. Safe to begin twice. `tell(label, done, total)` hears how far it is. Returns how many texts.
    """
    chosen = list(kinds) or sources.keys()
    count()
    return sum(rebuild_one(kind, tell) for kind in chosen)


def rebuild_one(kind: str, tell: Callable[[str, int, int], None]) -> int:
    source, weighed, said = sources.get(kind), weights(), phrases()
    pks = list(source.received().order_by("pk").values_list("pk", flat=True))
    left = Text.objects.filter(kind=kind).exclude(object_id__in=source.received().values("pk"))
    remove(kind=kind, pks=left.values_list("object_id", flat=True))
    for at in range(0, len(pks), CHUNK):
        with transaction.atomic():
            # Locked, so that nobody hands in the same record anew meanwhile: both would write its row.
            rows = source.received().filter(pk__in=pks[at : at + CHUNK]).select_for_update(of=("self",))
            put(kind, list(rows.order_by("pk")), weighed, said)
        tell(source.label, min(at + CHUNK, len(pks)), len(pks))
    return len(pks)


# --- what is common ----------------------------------------------------------------------------------------------
@transaction.atomic
def count() -> Census:
    """Counts anew in how many texts what occurs; older counts go."""
    said, found, total = phrases(), Counter(), 0
    for total, written in enumerate(everything(), 1):
        tally(found, Words.of(written.title, written.body, said))
        if total % FORGET == 0:
            found = Counter({key: times for key, times in found.items() if times > total * COMMON_SHARE / 2})
    census = Census.objects.create(texts=total, counts=common(found, total))
    Census.objects.exclude(pk=census.pk).delete()
    return census


def tally(found: Counter[str], words: Words) -> None:
    found.update(words.together.keys())
    found.update(map(str, words.marks))


def common(found: Counter[str], total: int) -> dict[str, int]:
    """What is worth remembering: all others are rare."""
    return {key: times for key, times in found.items() if times >= max(total * COMMON_SHARE, least(key))}


def everything() -> Iterator[Written]:
    """What is or should be in the index, from the records themselves."""
    for source in sources:
        yield from map(source.written, source.received().iterator(chunk_size=500))


def least(key: str) -> int:
    """A fingerprint is a number of several digits, with or without a sign."""
    return COMMON_MARK if len(key) > 4 and key.lstrip("-").isdecimal() else COMMON_PAIR
