"""What comes again: “由3月起每月一次，共六次” is one item for each time."""

from __future__ import annotations

import re
from dataclasses import replace

from plans.reading.dates import anchors
from plans.reading.items import item
from plans.reading.lines import Paragraph
from plans.reading.numbers import value
from plans.reading.results import ItemReading, TargetReading
from plans.reading.subjects import hits

EACH_TIME = re.compile(
    r"(?:从|由|自)(?P<start>[^，。；]{1,6}月)份?(?:开始|起)[，]?.{0,8}每(?:个)?(?P<step>月|两个月|季度)(?P<rest>.*)"
)
COUNT = re.compile(r"(?:共|计|全年|召开|开展|举办|安排)[^，。；]{0,4}?(?P<n>[二两三四五六七八九十\d]{1,2})(?:次|场|期)")
STEP = {"月": 1, "两个月": 2, "季度": 3}


def repeated(paragraph: Paragraph, found: list[TargetReading]) -> list[ItemReading]:
    """“由3月起每月一次，共六次”: one item for each time."""
    match = EACH_TIME.search(paragraph.norm)
    first = next(iter(anchors(match["start"])), None) if match else None
    if match is None or first is None or first.month is None:
        return []
    step = STEP[match["step"]]
    count = times_said(paragraph.norm, match.end("step"), found) or (12 - first.month) // step + 1
    made = item(paragraph, match.start("rest"), len(paragraph.norm))
    if made is None:
        return []
    name = re.sub(r"^(?:安排|召开|开展|举办|组织|进行)?(?:一|1)?次?", "", made.title) or made.title
    months = [first.month + step * turn for turn in range(count) if first.month + step * turn <= 12]
    return [replace(made, title=name, month=month, organisers=list(made.organisers)) for month in months]


def times_said(norm: str, place: int, found: list[TargetReading]) -> int:
    """How often: said in the paragraph, or by the target of the year just above."""
    said = COUNT.search(norm, place)
    if said:
        return int(value(said["n"]) or 0)
    kinds = [each.filters for each in found[-3:] if each.period == "year" and each.amount and each.metric == "records"]
    here = [hit.subject.as_dict() for hit in hits(norm)]
    amounts = [
        each.amount for each in found[-3:] if each.filters in here and each.filters in kinds and each.period == "year"
    ]
    return int(amounts[-1]) if amounts and amounts[-1] and amounts[-1] <= 12 else 0
