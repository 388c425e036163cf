"""Labels of the lines and columns of published plans; the words are data: `words.toml`."""

from __future__ import annotations

import re

from plans.reading.data import DATA


def made_of_parts() -> dict[str, str]:
    """监督 and 时间 make 监督时间; participants of 责任单位 and the like are organisers."""
    parts = {name: words.split() for name, words in DATA["label_parts"].items()}
    done = parts.pop("done")
    return {f"{first}{last}": name for name, words in parts.items() for last in words for first in done}


#: word → field
FIELD_OF: dict[str, str] = made_of_parts() | {
    word: name for name, words in DATA["labels"].items() for word in words.split()
}
ALL = "|".join(sorted(FIELD_OF, key=len, reverse=True))
#: A labelled line: 协商时间：5月 / 【时间】5月. The number or bullet before it is skipped by the caller.
LABEL = re.compile(rf"(?:[（【]?(?:\d{{1,2}}[）.、]|[①-⑳])?)?【?(?P<label>{ALL})(?:】：?|：)")
#: Labels that no sentence would hold before a colon, so that they need no mark in front of them.
PLAIN = "|".join(
    sorted(
        (word for word, name in FIELD_OF.items() if len(word) >= 4 and name in {"time", "participants", "organisers"}),
        key=len,
        reverse=True,
    )
)
#: The same inside a paragraph, after the end of a sentence or a clause.
INNER = re.compile(rf"(?:(?:(?<=[。；，（）\t ])|^)【?(?P<label>{ALL})|(?P<plain>{PLAIN}))(?:】：?|：)")


def field_in(match: re.Match[str]) -> str:
    """The field a label names."""
    groups = match.groupdict()
    return FIELD_OF[groups.get("label") or groups["plain"]]


#: Labels that may stand alone in a line, their text in the next one. 活动安排 and the like are headings then.
BARE_LABELS = frozenset(
    word
    for word, name in FIELD_OF.items()
    if len(word) >= 4 and name in {"content", "time", "participants", "organisers"} and not word.startswith("活动")
) - frozenset(DATA["pages"]["titles"].split())
BROKEN_HEAD = re.compile(rf"(?:{ALL})")


def field_of(cell: str) -> str:
    """The field a column is headed by; empty when the cell is no head."""
    bare = re.sub(r"[（【].*|[：:\s/]", "", cell)
    return FIELD_OF.get(bare, "")
