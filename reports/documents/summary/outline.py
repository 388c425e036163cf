"""Which section of the plan a target, a scheduled item or a passage belongs to.

A plan says so in its words only, so the words decide: pairs of characters that a target and a section share, the rarer
among the sections the better. What shares no words follows the others of its topic, and what is about no section stands
by itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import log

from plans.figures import Progress
from plans.models import PlanSection
from plans.schedule import Standing
from reports.documents.summary import topics
from reports.documents.summary.scope import Part

#: 四十人次, 6期: the same amount in a section's prose is a strong sign, the more so the rarer it is.
AMOUNT = re.compile(r"[0-9一二三四五六七八九十百千两]+(?:人次|名|次|件|条|篇|项|户|对|期|份|个|成|册)")
#: Words that every target and every section has.
EMPTY = re.compile(
    r"[0-9一二三四五六七八九十百两]+月份?|每名委员|每位委员|全体委员|政协委员|全年|年内"
    r"|委员|不少于|不低于|不超过|以上|至少|开展|组织|集中|举办|进行|完成|争取|做好|加强|围绕|继续|积极|全县|全市|全区|全镇|全街道|年初确定|[\W_a-zA-Z]+"
)
LEAST = 1.5  # a pair of characters that half of the sections have says nothing
TITLE, BODY = 3.0, 0.5  # what a word of the topic in a section's title and prose is worth


@dataclass
class Place:
    """A section and what belongs to it; `section` None: what belongs to none."""

    section: PlanSection | None
    targets: list[Progress] = field(default_factory=list)
    items: list[Standing] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.targets or self.items or self.parts)


def pairs(text: str) -> set[str]:
    """Amounts, and two characters at a time without the words that say nothing."""
    amounts = set(AMOUNT.findall(text))
    rest = EMPTY.split(AMOUNT.sub("，", text))
    return amounts | {piece[at : at + 2] for piece in rest if piece for at in range(len(piece) - 1)}


class Matcher:
    """How near a text is to each of some sections."""

    def __init__(self, sections: Sequence[PlanSection]) -> None:
        self.sections = sections
        self.titles = [pairs(each.title) for each in sections]
        self.texts = [pairs(f"{each.title}。{each.body}") for each in sections]
        self.held_by = Counter(pair for each in self.texts for pair in each)

    def best(self, text: str, topic: str = "") -> int | None:
        """The place of the nearest section, the first of equals; None when none is near."""
        asked, about = pairs(text), self.about(topics.BY_KEY[topic]) if topic else {}
        scores = [self.score(asked, place) + about.get(place, 0) for place in range(len(self.sections))]
        best = max(range(len(scores)), key=lambda place: scores[place], default=None)
        return best if best is not None and scores[best] >= LEAST else None

    def score(self, asked: set[str], place: int) -> float:
        shared = asked & self.texts[place]
        return sum(self.weight(pair) * (2 if pair in self.titles[place] else 1) for pair in shared)

    def weight(self, pair: str) -> float:
        return log((len(self.sections) + 1) / self.held_by[pair]) + 0.4

    def about(self, topic: topics.Topic) -> dict[int, float]:
        """What the words of a topic say for each section."""
        found: dict[int, float] = {}
        for place, each in enumerate(self.sections):
            in_title = sum(word in each.title for word in topic.words)
            in_body = sum(word in each.body for word in topic.words)
            found[place] = TITLE * min(in_title, 2) + BODY * min(in_body, 3)
        return found


def arranged(
    sections: Sequence[PlanSection], targets: Sequence[Progress], items: Sequence[Standing], parts: Iterable[Part],
    kinds: dict[str, str],
) -> list[Place]:  # fmt: skip
    """The sections in their order with what belongs to each, and one more for what belongs to none."""
    matcher, places = Matcher(sections), [*(Place(each) for each in sections), Place(None)]
    of_target = [matcher.best(each.target.text, topic_of_target(each)) for each in targets]
    of_item = [
        matcher.best(f"{each.item.topic}。{kinds.get(each.item.kind, '')}", topic_of_item(each)) for each in items
    ]
    homes = homes_of(matcher, [*zip(map(topic_of_target, targets), of_target, strict=True),
                               *zip(map(topic_of_item, items), of_item, strict=True)])  # fmt: skip
    for target, place in zip(targets, of_target, strict=True):
        places[chosen(place, homes, topic_of_target(target))].targets.append(target)
    for item, place in zip(items, of_item, strict=True):
        places[chosen(place, homes, topic_of_item(item))].items.append(item)
    for part in parts:
        places[homes.get(part.topic, -1)].parts.append(part)
    return places


def chosen(place: int | None, homes: dict[str, int], topic: str) -> int:
    return homes.get(topic, -1) if place is None else place


def homes_of(matcher: Matcher, placed: Iterable[tuple[str, int | None]]) -> dict[str, int]:
    """Topic → the section it is at home in: where its targets and items are, where its words stand."""
    votes = {key: matcher.about(topic) for key, topic in topics.BY_KEY.items()}
    for topic, place in placed:
        if topic and place is not None:
            votes[topic][place] = votes[topic].get(place, 0) + 1
    best = {key: max(found, key=lambda place: found[place], default=None) for key, found in votes.items()}
    return {key: place for key, place in best.items() if place is not None and votes[key][place] >= 1}


def topic_of_target(each: Progress) -> str:
    return topics.of_subject(each.target.measure, each.target.filters)


def topic_of_item(each: Standing) -> str:
    return topics.OF_TYPE.get(each.item.kind, "")
