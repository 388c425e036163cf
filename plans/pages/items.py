"""What the board of a plan and the page of one item show. Reads only."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from django.urls import reverse

from core.components import Link
from core.permissions import denied
from core.workflow import Action, Transition, history
from organisation.models import LiaisonGroup
from organisation.selectors import code_labels
from plans import consultation, kinds, links, permissions, printing, yearboard
from plans import schedule as schedules
from plans.enums import ItemState, PlanState
from plans.links import UnplannedRecord
from plans.models import Adjustment, AnnualPlan, ScheduledItem
from plans.schedule import Standing
from plans.workflow import ITEM_FLOW
from plans.yearboard import Asking, Board

EVENT_TONES = {"move": "info", "merge": "info", "cancel": "danger", "restore": "success", "settle": "neutral"}


def standings_of(plan: AnnualPlan) -> list[Standing]:
    """Every item of the plan with its group and how it stands."""
    items = list(plan.items.select_related("group"))
    for item in items:
        item.plan = plan
    return schedules.standing(items)


# --- the board -----------------------------------------------------------------------------------------------------
def board_of(plan: AnnualPlan, standings: list[Standing], user: Any) -> Board:
    """As this user sees it: unplanned work and buttons only for those who look into the office."""
    in_force = plan.state == PlanState.APPROVED
    opens = permissions.sees_work(user, plan)
    asking = Asking(user, in_force and bool(permissions.can_work_on(user, plan)), in_force and opens)
    outside = links.unplanned({plan.office_id}, plan.year) if in_force and opens else []
    return by_group(plan, standings, outside, asking)


def by_group(plan: AnnualPlan, standings: list[Standing], outside: list[UnplannedRecord], asking: Asking) -> Board:
    """Whole office first, then each liaison group that has something of its own."""
    groups = ({each.item.group_id for each in standings} | {record.group_id for record in outside}) - {None}
    names = [(None, yearboard.WHOLE_OFFICE, "")]
    if groups:
        names += [(group.pk, group.name, "") for group in LiaisonGroup.objects.filter(pk__in=groups)]
    return yearboard.build(plan.year, names, standings, outside, lambda each: each.group_id, asking)


def board_links(plan: AnnualPlan, user: Any) -> list[Link]:
    found = printing.of_plan(user, plan, "board")
    year = Link("全年看板", f"{reverse('plan_year')}?year={plan.year}", icon="grid-3x3")
    return [*found, year] if permissions.sees_the_year(user) else found


def board(plan: AnnualPlan, user: Any) -> dict[str, Any]:
    """The board, and a line per item with what came of it and what can be started."""
    standings, type_of = standings_of(plan), consultation.types()
    start = plan.state == PlanState.APPROVED and permissions.sees_work(user, plan)
    return {
        "plan": plan,
        "editable": bool(permissions.can_edit(user, plan)),
        "board": board_of(plan, standings, user),
        "lines": [line(each, type_of, user if start else None) for each in standings],
    }


def line(each: Standing, type_of: Callable[[ScheduledItem], str], user: Any) -> dict[str, Any]:
    item = each.item
    waits = user is not None and not each.is_done and not each.is_dropped
    return {
        "item": item,
        "when": each.time.text,
        "kind": type_of(item),
        "standing": each,
        "records": each.records,
        "starts": links.starters(user, item) if waits else [],
    }


# --- one item ------------------------------------------------------------------------------------------------------
def standing_of(item: ScheduledItem) -> Standing:
    """With the item it was merged into, if it was."""
    decided = Adjustment.objects.filter(lineage=item.lineage).exclude(into=None).first()
    others = ScheduledItem.objects.filter(plan=item.plan_id, lineage=decided.into) if decided else []
    found = [item, *others]
    for each in found:
        each.plan = item.plan
    return schedules.standing(found)[0]


def item(item: ScheduledItem, user: Any) -> dict[str, Any]:
    each, plan = standing_of(item), item.plan
    opens = permissions.sees_work(user, plan)
    return {
        "item": item,
        "plan": plan,
        "standing": each,
        "pairs": pairs(each),
        "records": each.records if opens else (),
        "series": series(item),
        "actions": actions(each, user),
        "starts": yearboard.of_item(each, Asking(user, start=opens and plan.state == PlanState.APPROVED)).starts,
        "events": events(each.adjustment) if each.adjustment and opens else [],
        "editable": bool(permissions.can_edit(user, plan)),
    }


def pairs(each: Standing) -> list[tuple[str, Any]]:
    """What the plan says, in the words the form of consultation uses."""
    item = each.item
    content = code_labels(consultation.CONTENT).get(item.form, consultation.DEFAULT_CONTENT if item.form else "内容")
    kind = kinds.labels().get(item.kind, item.kind)
    found = [("时间", time_words(each))]
    found += [("协商形式", consultation.labels().get(item.form, item.form))] if item.form else []
    found += [("类型", kind)] if kind else []
    return [
        *found, (content, item.content), ("参加人员", item.participants), ("组织单位", "、".join(item.organiser_list)),
        ("联络组", item.group.name if item.group else yearboard.WHOLE_OFFICE),
    ]  # fmt: skip


def time_words(each: Standing) -> str:
    return f"{each.time.text}（原定{each.item.time.text}）" if each.is_moved else each.time.text


def series(item: ScheduledItem) -> list[tuple[ScheduledItem, bool]]:
    """All times of its recurring arrangement, each with whether it is this one."""
    if item.series is None:
        return []
    return [(each, each.pk == item.pk) for each in ScheduledItem.objects.filter(plan=item.plan_id, series=item.series)]


def events(adjustment: Adjustment) -> list[SimpleNamespace]:
    return [
        SimpleNamespace(label=each.label, actor_name=each.actor_name, at=each.at, reason=each.reason,
                        tone=EVENT_TONES.get(each.name, "info"))
        for each in history(adjustment)
    ]  # fmt: skip


# --- deciding ------------------------------------------------------------------------------------------------------
def adjustment_of(each: Standing) -> Adjustment:
    """What was decided, or the undecided state an item begins in (not stored)."""
    plan = each.item.plan
    first = Adjustment(lineage=each.item.lineage, office_id=plan.office_id, year=plan.year, state=ItemState.PLANNED)
    return each.adjustment or first


def actions(each: Standing, user: Any) -> list[Action]:
    """The buttons of the item's page; none once it was held, or when the plan is not in force."""
    plan = each.item.plan
    if plan.state != PlanState.APPROVED or each.is_done or not permissions.can_work_on(user, plan):
        return []
    return ITEM_FLOW.actions(
        user, adjustment_of(each), url=lambda name: reverse("plan_item_act", args=[each.item.pk, name])
    )


def decidable(item: ScheduledItem, transition: Transition, user: Any) -> Standing:
    """How the item stands, if this user may decide that about it now. Raises Denied."""
    each = standing_of(item)
    current = adjustment_of(each)
    permissions.can_adjust(user, current).require()
    if item.plan.state != PlanState.APPROVED:
        denied("只能调整执行中的计划。起草中的计划请直接修改，已有新版本的请打开新版本办理。").require()
    if each.is_done:
        denied("这项安排已经开展，不用再调整。").require()
    if current.state not in transition.sources:
        denied(f"这项安排现在是“{ITEM_FLOW.label(current.state)}”，不能再“{transition.label}”。").require()
    return each


def act_lead(each: Standing, lead: str) -> str:
    parts = [f"“{each.item.topic}”" + ("" if each.is_dropped else f"现在安排在{each.time.text}") + "。", lead]
    if each.records and not each.is_dropped:
        parts.append("已登记的活动日期不会跟着改，请到活动里修改。")
    return "".join(parts)


def back(item: ScheduledItem) -> str:
    """Deciding begins and ends on the board, at the item."""
    return f"{reverse('plan_months', args=[item.plan_id])}#item-{item.pk}"
