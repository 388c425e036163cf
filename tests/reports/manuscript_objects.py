"""Manuscripts in every state, made by hand so that each kind of passage is there and composing costs nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from core.pdf.blocks import Bars, Column, Figure, Heading, Paragraph, Progress, ProgressTable, Signature, Table
from reports.documents import Composition
from reports.enums import ManuscriptState
from reports.manuscripts import passages as kept
from reports.manuscripts.passages import Passage, passages_of
from reports.models import Manuscript
from tests import factories as make

HELD = Figure(3, "次", "activities", "开展活动", "/activities/")
CAME = Figure(9, "人次", "activities.person_times", "参加活动")
#: A word that is in the composed sentence, one the office put in.
COMPOSED, OWN = "上半年开展活动", "我们开展活动"


def composed() -> list[Passage]:
    return passages_of(Composition("小结", "清溪镇联络处", blocks=[
        Heading(1, "活动情况"),
        Paragraph([COMPOSED, HELD, "，参加活动", CAME, "。"]),
        ProgressTable([Progress("视察两次", 2, 1, "次")], "目标完成情况表"),
        Bars("各月活动", [("1月", 1), ("2月", 2)], "次"),
        Table([Column("日期", 30), Column("活动", 70)], [("1月5日", "集中学习")], "活动一览表"),
        Heading(1, "下一步打算"),
        Paragraph("继续抓好落实。"),
        Signature("清溪镇联络处", make.moment(6, 30).date()),
    ]))  # fmt: skip


def edited() -> list[Passage]:
    """One sentence changed while the records changed below it, one of the office's own, one without records."""
    found = composed()
    found[1] = replace(found[1], text=f"{OWN}〔3次·activities〕。", base="全年开展活动〔3次·activities〕。")
    own = Passage("own:1", Paragraph(""), text="委员参加活动〔9人次·activities.person_times〕，反响好。", own=True)
    orphan = Passage("paragraph:gone", Paragraph("没有记录的一段。"), text="已经没有记录的一段。", orphan=True)
    return [*found[:2], own, orphan, *found[2:]]


def a_manuscript(world: Any, state: str, passages: list[Passage], **values: Any) -> Manuscript:
    staff = world.people["staff"]
    given = {"office": world.offices["town"], "document": "half_year_summary", "year": make.YEAR, "title": "半年小结"}
    return Manuscript.objects.create(
        state=state, passages=kept.dump(passages), as_of=make.moment(7, 1), created_by=staff, updated_by=staff,
        figures=kept.dump_figures({each.key: each for each in (HELD, CAME)}),
        frame={"office": "清溪镇联络处", "date": "", "template": "documents/composed.html"}, **{**given, **values},
    )  # fmt: skip


def add_manuscripts(world: Any) -> None:
    made = world.objects
    made["manuscript.draft"] = a_manuscript(world, ManuscriptState.DRAFT, edited(), document="annual_summary")
    made["manuscript.submitted"] = a_manuscript(
        world, ManuscriptState.SUBMITTED, composed(), document="annual_summary", year=make.YEAR - 1, title="年度总结"
    )
    made["manuscript.reviewed"] = a_manuscript(
        world, ManuscriptState.REVIEWED, composed(), year=make.YEAR - 1, title="去年半年小结"
    )
    frozen = {"doc_word": "清政协联", "doc_year": make.YEAR, "frozen_at": make.moment(7, 2), "digest": "0" * 64}
    made["manuscript.approved"] = a_manuscript(
        world, ManuscriptState.APPROVED, composed(), year=make.YEAR - 2, doc_number=1, title="前年小结", **frozen
    )
    made["manuscript.correcting"] = a_manuscript(
        world, ManuscriptState.DRAFT, edited(), year=make.YEAR - 2, edition=2, title="前年小结（更正）",
        corrects=made["manuscript.approved"], reason="活动次数少计一次",
    )  # fmt: skip
    made["manuscript.final"] = a_manuscript(
        world, ManuscriptState.APPROVED, composed(), year=make.YEAR - 3, doc_number=2, title="大前年小结", **frozen
    )
