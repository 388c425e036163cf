"""What the plan asked for and what the records say: in sentences, in a table, and what is still open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.urls import reverse

from core.pdf.blocks import Block, Heading, Paragraph, ProgressTable, Run
from core.pdf.blocks import Figure as Number
from core.pdf.blocks import Progress as Bar
from plans.figures import Progress
from plans.models import AnnualPlan
from plans.wording import unit_of_gap
from reports.documents import Composition
from reports.documents.summary.scope import day, joined, plain, share

#: Ways to say the same, taken in turn so that not every section begins alike.
MET = ("{list}，{count}目标均已完成", "年初确定的{list}，{count}目标已经实现", "对照计划，{list}，{count}目标全部完成")
ONE = ("{list}的目标已经完成，", "年初确定的{list}已经完成，", "{list}达到计划要求，")

RATE = "{list}达到要求，"


class Said(NamedTuple):
    """Keys of a target's figures begin with its lineage: they stay when targets come and go."""

    key: str
    url: str

    @classmethod
    def of(cls, each: Progress) -> Said:
        return cls(f"target.{each.target.lineage.hex[:12]}", reverse("plan_target", args=[each.target.pk]))


def remember(found: Composition, standings: Sequence[Progress]) -> None:
    """The figures of all targets, also of those only the table shows."""
    for each in standings:
        if each.countable:
            actual(found, each)


def actual(found: Composition, each: Progress) -> Number:
    """What was counted: of members when every one of them is asked, else of records."""
    key, page = Said.of(each)
    if each.coverage and each.amount is not None:
        return found.figure(
            f"{key}.reached", each.coverage.reached, each.coverage.noun, f"{each.target.text}：已达到", page
        )
    return found.figure(f"{key}.actual", plain(each.actual), each.unit, f"{each.target.text}：实际", each.url or page)


# --- sentences -------------------------------------------------------------------------------------------------------
def told(found: Composition, standings: Sequence[Progress], turn: int, key: str) -> list[Run]:
    """The targets of one section: those that are met together, then each of the others; `turn` varies the words, `key`
    is that of the number of those that are met.
    """
    counted = [each for each in standings if each.countable]
    met = [each for each in counted if each.met]
    open_ones = [runs for each in counted if not each.met and (runs := still_open(found, each))]
    sentences = [done(found, met, turn, key)] if met else []
    return (
        [*joined([*sentences, *([joined(open_ones, "；")] if open_ones else [])], "。"), "。"]
        if (sentences or open_ones)
        else []
    )


def done(found: Composition, met: Sequence[Progress], turn: int, key: str) -> list[Run]:
    if len(met) == 1:
        words = RATE if met[0].is_rate else ONE[turn % 3]
        return [words.format(list=f"“{met[0].target.text}”"), *reached(found, met[0])]
    words, page = MET[turn % 3], met[0].target.plan.get_absolute_url()
    named = joined([[f"“{each.target.text}”（", *reached(found, each), "）"] for each in met])
    before, _, rest = words.partition("{list}")
    between, _, after = rest.partition("{count}")
    count = found.figure(key, len(met), "项", "完成的目标", page)
    return [*([before] if before else []), *named, between, count, after]


def reached(found: Composition, each: Progress) -> list[Run]:
    if each.coverage:
        return [*of_members(found, each)]
    return ["目前" if each.is_rate else "实际", actual(found, each)]


def of_members(found: Composition, each: Progress) -> list[Run]:
    key, page = Said.of(each)
    of = found.figure(f"{key}.of", each.coverage.of, each.coverage.noun, f"{each.target.text}：应达到", page)
    return [of, "中", actual(found, each), "达到"]


def still_open(found: Composition, each: Progress) -> list[Run]:
    """Done so far and what is missing."""
    text = f"“{each.target.text}”"
    if each.amount is None:
        return [text, "已完成", actual(found, each)] if each.actual else []
    if not each.known or not (each.actual or each.done):
        return [text + nothing(each)] if each.has_begun and not each.is_rate else []
    if each.coverage:
        return [f"{text}，", *of_members(found, each), *missing(found, each)]
    return [text, "目前为" if each.is_rate else "已完成", actual(found, each), *missing(found, each)]


def nothing(each: Progress) -> str:
    return f"还没有{each.coverage.noun.lstrip('名个')}完成" if each.coverage else "尚未开展"


def missing(found: Composition, each: Progress) -> list[Run]:
    key, page = Said.of(each)
    if each.over:
        return [
            "，超出",
            found.figure(f"{key}.over", plain(each.over), unit_of_gap(each), f"{each.target.text}：超出", page),
        ]
    if each.missing:
        return [
            "，还差",
            found.figure(f"{key}.missing", plain(each.missing), unit_of_gap(each), f"{each.target.text}：还差", page),
        ]
    return []


# --- all of them -----------------------------------------------------------------------------------------------------
def overview(found: Composition, plan: AnnualPlan, standings: Sequence[Progress], on: date | None) -> list[Run]:
    """《…》确定年度目标13项，到6月30日已完成8项，完成率61%."""
    met, page = sum(each.met for each in standings), plan.get_absolute_url()
    return [
        f"《{plan.title}》确定年度目标", found.figure("targets", len(standings), "项", "年度目标", page),
        f"，到{day(on)}已完成" if on else "，已完成", found.figure("targets.met", met, "项", "已完成的目标", page),
        "，完成率", found.figure("targets.rate", share(met, len(standings)), "%", "目标完成率", page),
    ]  # fmt: skip


def table(standings: Sequence[Progress]) -> list[Block]:
    rows = [bar(each) for each in standings if each.goal]
    return [ProgressTable(rows, "年度目标完成情况表")] if rows else []


def bar(each: Progress) -> Bar:
    unit = each.coverage.noun if each.coverage else each.unit
    return Bar(each.target.text, plain(each.goal), plain(each.done), unit)


def gaps(found: Composition, standings: Sequence[Progress]) -> list[Block]:
    """What is still open, so that nobody has to look for it in the table."""
    open_ones = [each for each in standings if each.countable and each.amount is not None and not each.met]
    if not open_ones:
        return []
    listed = joined(([f"{each.target.text}（", *gap(found, each), "）"] for each in open_ones), "；")
    page = open_ones[0].target.plan.get_absolute_url()
    runs: list[Run] = [
        "尚有", found.figure("targets.open", len(open_ones), "项", "没有完成的目标", page), "目标没有完成：",
        *listed, "。",
    ]  # fmt: skip
    return [Heading(1, "存在的差距", key="gaps"), Paragraph(runs, key="gaps")]


def behind(found: Composition, standings: Sequence[Progress]) -> list[Block]:
    """In a short period only what is late is worth a word, with what it takes to be in time again."""
    late = [each for each in standings if each.countable and each.behind]
    if not late:
        return []
    listed = joined(([f"{each.target.text}（", *gap(found, each), "）"] for each in late), "；")
    page = late[0].target.plan.get_absolute_url()
    number = found.figure("targets.behind", len(late), "项", "进度落后的目标", page)
    return [Heading(1, "需要加快的工作", key="gaps"),
            Paragraph(["进度落后于时间的目标有", number, "：", *listed, "。"], key="gaps")]  # fmt: skip


def gap(found: Composition, each: Progress) -> list[Run]:
    runs = missing(found, each)
    return [runs[0].lstrip("，"), *runs[1:]] if runs else [each.state_label]
