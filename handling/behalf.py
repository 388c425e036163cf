"""Acting for a unit: an answer file taken in by the office goes through the services of the unit's own pages.

    with acting_for(frozenset({unit.pk})):
        assignments.sign(...)

Only `supervision.services.exchange` opens it, after asking whether the person receives proposals for the office. The
audit trail and the log of steps name that person.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_units: ContextVar[frozenset[int]] = ContextVar("acting_for_units", default=frozenset())


def acting(unit_id: int) -> bool:
    """Whether what happens now is done for this unit."""
    return unit_id in _units.get()


@contextmanager
def acting_for(units: frozenset[int]) -> Iterator[None]:
    token = _units.set(units)
    try:
        yield
    finally:
        _units.reset(token)
