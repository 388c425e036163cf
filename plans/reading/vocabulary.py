"""Words of plans and what they count. The words themselves are data: `words.toml`.

A subject is a measure of the registry `plans.measures` with its filters; the types are those of activities.defaults.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from plans.reading.data import DATA


@dataclass(frozen=True)
class Subject:
    """What is counted. `family` groups types of which one sentence means one thing (献爱心, 捐助)."""

    measure: str
    filters: tuple[tuple[str, str], ...] = ()
    family: str = ""

    @property
    def type(self) -> str:
        return dict(self.filters).get("type", "")

    def as_dict(self) -> dict[str, str]:
        return dict(self.filters)


def activity(code: str, family: str = "") -> Subject:
    return Subject("activities", (("type", code),), family or code)


ANY_ACTIVITY = Subject("activities")
OTHER = activity("other")
PROPOSALS, OPINIONS = Subject("proposals", (), "proposals"), Subject("opinions", (), "opinions")
COLLECTIVE = Subject("proposals", (("kind", "collective"),), "proposals")
VISITS = activity("visit_unit", "visit")

#: type → words; a family in brackets when several types make one occasion
COLLECTIVE_KEY = "proposals.collective"


def family_of() -> dict[str, str]:
    return {code: name for name, codes in DATA["families"].items() for code in codes.split()}


def subject_of(key: str) -> Subject:
    """A key of the table of measures: a measure, or a measure and a kind."""
    measure, _, kind = key.partition(".")
    if measure == "results":
        return Subject(measure, (("kind", kind),), measure)
    return {"activities": ANY_ACTIVITY, "proposals": PROPOSALS, "opinions": OPINIONS, COLLECTIVE_KEY: COLLECTIVE}[key]


FAMILIES = family_of()
#: Weak words give way to any other word beside them.
WEAK = frozenset(DATA["general"]["weak"].split())
WORDS: dict[str, Subject] = {
    **{word: activity(code, FAMILIES.get(code, "")) for code, words in DATA["types"].items() for word in words.split()},
    **{word: subject_of(key) for key, words in DATA["measures"].items() for word in words.split()},
}
WORD = re.compile("|".join(re.escape(word) for word in sorted(WORDS, key=len, reverse=True)))
#: Words that hold a subject's word without meaning it.
BLIND = re.compile("|".join(map(re.escape, DATA["general"]["blind"].split())))
#: unit → the metric it speaks of and the subjects it usually goes with (types or measures).
UNITS: dict[str, tuple[str, tuple[str, ...]]] = {
    unit: (metric, tuple(subjects.split())) for unit, (metric, subjects) in DATA["units"].items()
}
VERBS_OF_COUNT = re.compile("|".join(DATA["general"]["doing"].split()))
#: Types that are no occasions.
PIECES = frozenset(DATA["general"]["pieces"].split())
#: Things counted with 个 and 项.
SINGLE = frozenset(DATA["general"]["single"].split())


def subject_json(subject: Subject, metric: str) -> dict[str, Any]:
    return {"measure": subject.measure, "filters": subject.as_dict(), "metric": metric}
