"""Reports on their way: last year's signed, one of them corrected, this half year's signed, the newest ones at work.

The files are made by a worker once the demo is in the database: an approval asks for them.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from dashboard.demo import past
from dashboard.demo.setting import HEAD, Setting
from reports.manuscripts import decisions, services
from reports.manuscripts import passages as kept
from reports.models import Manuscript

CONTENT = tomllib.loads((Path(__file__).parent / "content" / "manuscripts.toml").read_text(encoding="utf-8"))
WORD = {"county": "岚政协", "town": "岚政协南"}
LEADER = "leader"


def build(setting: Setting) -> None:
    for office in WORD:
        summary = signed(setting, office, "annual_summary", setting.last_year, (setting.year, 1, 8))
        if office == "town":
            corrected(setting, office, summary)
    if setting.is_past(setting.year, 6):
        signed(setting, "town", "half_year_summary", setting.year, (setting.year, 7, 4))
    if setting.is_past(setting.year, 9):
        waiting(setting, "town", "quarterly_summary", "q3", (setting.year, 10, 12))
    begun(setting, "town", "annual_summary")


def signed(setting: Setting, office: str, document: str, year: int, day: tuple[int, int, int]) -> Manuscript:
    """Written by the staff, reviewed by the head, approved by the leader two days later."""
    made = written(setting, office, document, year, "", day)
    with past.on(past.moment(*day, 15)):
        decisions.submit(manuscript=made, by=setting.staff(office))
    year_, month, first = day
    with past.on(past.moment(year_, month, first + 1)):
        decisions.review(manuscript=made, by=setting.people[HEAD])
    with past.on(past.moment(year_, month, first + 2)):
        decisions.approve(manuscript=made, doc_word=WORD[office], doc_number=taken(made) + 1,
                          by=setting.people[LEADER], upward=office == "town")  # fmt: skip
    return made


def taken(manuscript: Manuscript) -> int:
    numbers = Manuscript.objects.filter(office=manuscript.office, doc_number__isnull=False)
    return max(numbers.values_list("doc_number", flat=True), default=0)


def written(setting: Setting, office: str, document: str, year: int, part: str,
            day: tuple[int, int, int]) -> Manuscript:  # fmt: skip
    by = setting.staff(office)
    with past.on(past.moment(*day)):
        made = services.start(document=document, office=setting.offices[office], year=year, part=part, by=by)
        added(made, CONTENT[document], by)
    return made


def added(manuscript: Manuscript, own: dict[str, Any], by: Any) -> None:
    """A heading and paragraphs of the office's own at the end of the text, before the signature."""
    after = last_words(manuscript)
    for kind, text in [*(("paragraph", text) for text in reversed(own["paragraphs"])), ("heading", own["heading"])]:
        services.add(manuscript=manuscript, after=after, kind=kind, text=text, version=None, by=by)


def last_words(manuscript: Manuscript) -> str:
    """The last passage of the body: what stands before the list of annexes or the signature."""
    passages = kept.load(manuscript.passages)
    kinds = [type(each.block).__name__ for each in passages]
    end = min(kinds.index(kind) for kind in ("Attachments", "Signature") if kind in kinds)
    return passages[end - 1].key


def corrected(setting: Setting, office: str, manuscript: Manuscript) -> None:
    own, by = CONTENT["correction"], setting.staff(office)
    with past.on(past.moment(setting.year, 1, 20)):
        erratum = services.correct(manuscript=manuscript, reason=own["reason"], by=by)
        services.add(manuscript=erratum, after=last_words(erratum), kind="paragraph", text=own["paragraph"],
                     version=None, by=by)  # fmt: skip
        decisions.submit(manuscript=erratum, by=by)
        decisions.review(manuscript=erratum, by=setting.people[HEAD])
        decisions.approve(manuscript=erratum, doc_word=WORD[office], doc_number=taken(erratum) + 1,
                          by=setting.people[LEADER], upward=True)  # fmt: skip


def waiting(setting: Setting, office: str, document: str, part: str, day: tuple[int, int, int]) -> None:
    """Reviewed; the leader's signature is still to come."""
    made = written(setting, office, document, setting.year, part, day)
    with past.on(past.moment(*day, 16)):
        decisions.submit(manuscript=made, by=setting.staff(office))
        decisions.review(manuscript=made, by=setting.people[HEAD])


def begun(setting: Setting, office: str, document: str) -> None:
    """The draft of this year, which the clerk goes on with."""
    first = past.moment(setting.year, setting.month, 1)
    with past.on(first):
        services.start(document=document, office=setting.offices[office], year=setting.year, by=setting.staff(office))
