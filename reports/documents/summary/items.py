"""What of the plan's schedule was carried out, in the order of the days; how the schedule stands; what comes next."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from activities.enums import CAME
from activities.models import Activity
from core.clock import Span
from core.pdf.blocks import Block, Heading, Run
from plans.models import AnnualPlan
from plans.schedule import DONE, Standing
from reports.documents import Composition
from reports.documents.summary.scope import Scope, day, first_sentence, joined, sentence, share

Held = Mapping[UUID, Sequence[Activity]]
#: Told one by one; a section with more says how many there were besides.
MOST = 8
#: How a title ends → what one does with it; of others one says 开展.
VERBS = (
    ("会", "召开"),
    ("会议", "召开"),
    ("讨论", "召开"),
    ("班", "举办"),
    ("培训", "举办"),
    ("讲座", "举办"),
    ("学习", "组织"),
)
#: Titles that say themselves what was done (视察工业园区), unless they name an occasion (视察活动, 走访座谈会).
DONE_SO = ("参加", "参与", "视察", "考察", "走访", "慰问", "看望", "开展", "组织", "举办", "召开", "协调", "督查")
OCCASIONS = ("活动", "会", "会议", "班", "日")
OPENINGS = ("", "按照年度安排，", "计划安排的工作逐项落实。")


def held(items: Collection[Standing], scope: Scope) -> dict[UUID, list[Activity]]:
    """Item → the activities of the days it was carried out with; one query, none without an item."""
    lineages = [each.item.lineage for each in items if each.is_done]
    rows = Activity.objects.counted().within(scope.span).filter(item_lineage__in=lineages)
    rows = rows.annotate(came=Count("attendances", filter=Q(attendances__state__in=CAME)))
    found: dict[UUID, list[Activity]] = {}
    for row in rows.order_by("starts_at", "pk") if lineages else ():
        found.setdefault(row.item_lineage, []).append(row)
    return found


# --- in a section ----------------------------------------------------------------------------------------------------
def told(found: Composition, items: Sequence[Standing], done: Held, turn: int) -> list[Run]:
    """When, what, how many came, what came of it; empty when nothing was carried out."""
    rows = [row for each in items for row in done.get(each.item.lineage, ())]
    rows.sort(key=lambda row: (row.starts_at, row.pk))
    if not rows:
        return []
    opening = OPENINGS[turn % 3] if len(rows) > 1 else ""
    sentences = joined([one(found, row) for row in rows[:MOST]], "。")
    return [*([opening] if opening else []), *sentences, "。", *rest(rows[MOST:])]


def one(found: Composition, row: Activity) -> list[Run]:
    """5月12日，组织“…”，委员12人参加，提出的建议被采纳."""
    runs: list[Run] = [f"{day(row.starts_at)}，{what(row)}"]
    if row.came:
        runs += ["，委员", found.figure(f"activity.{row.pk}.came", row.came, "人", row.title, row.get_absolute_url()),
                 "参加"]  # fmt: skip
    outcome = first_sentence(row.outcome)
    return [*runs, f"，{outcome}"] if outcome else runs


def what(row: Activity) -> str:
    """视察工业园区, 召开“上半年座谈会”."""
    if row.title.startswith(DONE_SO) and not row.title.endswith(OCCASIONS):
        return row.title
    verb = next((verb for ending, verb in VERBS if row.title.endswith(ending)), "开展")
    return f"{verb}“{row.title}”"


def rest(rows: Sequence[Activity]) -> list[Run]:
    return [f"还开展了{'、'.join(f'“{row.title}”' for row in rows)}。"] if rows else []


# --- all of them -----------------------------------------------------------------------------------------------------
def in_span(items: Sequence[Standing], span: Span) -> list[Standing]:
    """Those whose days, as they stand now, touch the span."""
    return [each for each in items if each.span.first <= span.last and each.span.last >= span.first]


def overview(found: Composition, plan: AnnualPlan, items: Sequence[Standing], name: str, last: date) -> list[Run]:
    """上半年计划安排事项19项，已开展12项，落实率63%."""
    if not items:
        return []
    done, page = sum(done_by(each, last) for each in items), plan.get_absolute_url()
    return [
        f"{name}计划安排事项", found.figure("items", len(items), "项", "计划安排的事项", page),
        "，已开展", found.figure("items.done", done, "项", "已开展的事项", page),
        "，落实率", found.figure("items.rate", share(done, len(items)), "%", "安排落实率", page),
    ]  # fmt: skip


def done_by(each: Standing, last: date) -> bool:
    """Whether it had been carried out on the last day told of: what came later is for the next summary."""
    return any(record.standing in DONE and record.date <= last for record in each.records)


def changes(items: Sequence[Standing]) -> list[Block]:
    """What was decided otherwise since the plan was approved."""
    said = [f"“{each.item.topic}”{each.note}" for each in items if each.note]
    return sentence("items.changes", [f"执行中作出调整的有：{'；'.join(said)}。"]) if said else []


def ahead(found: Composition, items: Sequence[Standing], span: Span | None) -> list[Block]:
    """What is scheduled for the span that follows."""
    given = in_span(items, span) if span else []
    coming = [each for each in given if not (each.is_dropped or done_by(each, span.first))]
    if not coming:
        return []
    listed = [f"{each.time.text}“{each.item.topic}”" for each in sorted(coming, key=lambda each: each.span.first)]
    runs: list[Run] = [f"按照计划，接下来安排{'、'.join(listed[:MOST])}"]
    if len(listed) > MOST:
        page = coming[0].item.plan.get_absolute_url()
        runs += ["等", found.figure("items.ahead", len(listed), "项", "接下来的安排", page), "工作"]
    runs.append("。")
    return [Heading(1, "下一步安排", key="ahead"), *sentence("items.ahead", runs)]


def outcome(each: Standing) -> str:
    """For the list: 已开展（5月12日）."""
    dates = "、".join(day(record.date) for record in each.records)
    label = f"{each.label}（{dates}）" if dates and each.is_done else each.label
    return "。".join(part for part in (label, each.note) if part)
