"""What an amendment changes: the visible difference between two versions of a plan, row by row along the lineage."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from core.textdiff import Piece, pieces
from plans import consultation, kinds, subjects
from plans.figures import number
from plans.models import AnnualPlan, PlanPart, PlanSection, ScheduledItem, Target


@dataclass(frozen=True)
class Change:
    """`kind` is 新增, 删除 or 修改; `lines` are (field, pieces), a piece being (same, del or ins; text)."""

    part: str
    kind: str
    title: str
    lines: tuple[tuple[str, tuple[Piece, ...]], ...] = ()

    @property
    def tone(self) -> str:
        return {"新增": "success", "删除": "danger"}.get(self.kind, "info")


class Words:
    """Rows of a plan as (field, words) pairs; the lists that codes come from are read once."""

    def __init__(self, plan: AnnualPlan) -> None:
        self.kinds, self.subjects = kinds.labels(), subjects.labels(plan.office)
        self.forms, self.contents = consultation.labels(), consultation.content_labels()

    def of(self, part: PlanPart) -> list[Piece]:
        if isinstance(part, Target):
            return self.of_target(part)
        return self.of_item(part) if isinstance(part, ScheduledItem) else self.of_section(part)

    def of_section(self, part: Any) -> list[Piece]:
        return [("层级", part.get_level_display()), ("小标题", part.title), ("内容", part.body)]

    def of_target(self, part: Any) -> list[Piece]:
        amount = number(part.amount)
        if part.amount_max is not None:
            amount = f"{amount}—{number(part.amount_max)}"
        return [
            ("目标", part.text), ("统计什么", subjects.in_words(part, self.subjects)),
            ("对谁要求", part.get_scope_display()), ("周期", part.get_period_display()),
            ("要求", part.get_operator_display()), ("数量", amount), ("按什么计数", part.get_metric_display()),
            ("覆盖面", f"{number(part.coverage_goal)}%" if part.coverage_goal else ""),
        ]  # fmt: skip

    def of_item(self, part: Any) -> list[Piece]:
        return [
            ("时间", part.time.text), ("类型", self.kinds.get(part.kind, part.kind)),
            ("协商形式", self.forms.get(part.form, part.form)), ("主题", part.topic),
            (self.contents.get(part.form, "内容"), part.content), ("参加人员", part.participants),
            ("组织单位", part.organisers), ("联络组", part.group.name if part.group else ""),
        ]  # fmt: skip


def between(old: AnnualPlan, new: AnnualPlan) -> list[Change]:
    """Every row that was added, removed or changed; order alone is no change. Six queries and the code lists."""
    words = Words(new)
    head = [("标题", old.title, new.title), ("前言", old.foreword, new.foreword)]
    lines = tuple((label, pieces(before, after)) for label, before, after in head if before != after)
    found = [Change("正文", "修改", "标题和前言", lines)] if lines else []
    for model, label in ((PlanSection, "正文"), (Target, "目标"), (ScheduledItem, "月度安排")):
        found += rows(label, parts(model, old), parts(model, new), words)
    return found


def parts(model: type[PlanPart], plan: AnnualPlan) -> Iterable[PlanPart]:
    rows = model.objects.filter(plan=plan)
    return rows.select_related("group") if model is ScheduledItem else rows


def by_part(old: AnnualPlan, new: AnnualPlan) -> list[tuple[str, list[Change]]]:
    """The same under 正文, 目标 and 月度安排, parts without a change left out."""
    found: dict[str, list[Change]] = {}
    for change in between(old, new):
        found.setdefault(change.part, []).append(change)
    return list(found.items())


def rows(label: str, old: Iterable[PlanPart], new: Iterable[PlanPart], words: Words) -> list[Change]:
    before = {part.lineage: part for part in old}
    found = []
    for part in new:
        earlier = before.pop(part.lineage, None)
        if earlier is None:
            found.append(Change(label, "新增", str(part), whole(words.of(part), "ins")))
        elif lines := changed_lines(words.of(earlier), words.of(part)):
            found.append(Change(label, "修改", str(part), lines))
    return found + [Change(label, "删除", str(part), whole(words.of(part), "del")) for part in before.values()]


def whole(row: list[Piece], how: str) -> tuple[tuple[str, tuple[Piece, ...]], ...]:
    """A row that came or went, beside its title, which stands above."""
    told = {"主题", "目标", "小标题"}
    return tuple((field, ((how, text),)) for field, text in row if text and field not in told)


def changed_lines(old: list[Piece], new: list[Piece]) -> tuple[tuple[str, tuple[Piece, ...]], ...]:
    pairs = zip(old, new, strict=True)
    return tuple((field, pieces(before, after)) for (field, before), (_, after) in pairs if before != after)
