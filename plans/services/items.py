"""What is decided about single items of a plan in force: moved, merged, cancelled, restored, each with its reason.

The approved item stays as it was approved; the decision lies on top of it (`plans.models.Adjustment`) and is taken
along by amendments. When an approved amendment itself gives the item another time, the decision is settled.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.roles import Can
from audit.services import record
from core.errors import DomainError, StateChanged
from core.versions import editing
from notices.services import tell
from organisation.selectors import users_with
from plans import links, permissions
from plans.enums import ItemStanding, ItemState, PartOfMonth, PlanState
from plans.models import Adjustment, AnnualPlan, ScheduledItem
from plans.times import Time
from plans.workflow import ITEM_FLOW, SETTLEMENT

HELD = frozenset({ItemStanding.HELD, ItemStanding.SUMMARISED})


def move_item(*, item: ScheduledItem, month: int | None, reason: str, by: Any, until_month: int | None = None,
              part_of_month: str = PartOfMonth.WHOLE) -> Adjustment:  # fmt: skip
    """To another time of the same year. Raises DomainError for the same time again or an item that was held."""
    new = Time(month, until_month if until_month != month else None, part_of_month)
    with deciding(item, "move", by, reason) as adjustment:
        refuse_held(item)
        refuse_impossible(new)
        if new == (adjustment.time if adjustment.state == ItemState.MOVED else item.time):
            raise DomainError(f"这项安排现在就在{new.text}，请选择别的时间。", field="month")
        before = adjustment.time.text if adjustment.state == ItemState.MOVED else item.time.text
        adjustment.month, adjustment.until_month, adjustment.part_of_month = new.month, new.until, new.part
        tell_heads(item, f"从{before}调整到{new.text}", reason, by)
    return adjustment


def merge_item(*, item: ScheduledItem, into: ScheduledItem, reason: str, by: Any) -> Adjustment:
    """Into another item of the same plan, which from now on stands for both."""
    with deciding(item, "merge", by, reason) as adjustment:
        refuse_records(item, "合并")
        refuse_dependants(item, "合并")
        refuse_target(item, into)
        clear(adjustment)
        adjustment.into = into.lineage
        tell_heads(item, f"并入“{into.topic}”", reason, by)
    return adjustment


def cancel_item(*, item: ScheduledItem, reason: str, by: Any) -> Adjustment:
    """It will not take place. Raises DomainError while an activity is registered for it."""
    with deciding(item, "cancel", by, reason) as adjustment:
        refuse_records(item, "取消")
        refuse_dependants(item, "取消")
        clear(adjustment)
        tell_heads(item, "取消", reason, by)
    return adjustment


def restore_item(*, item: ScheduledItem, reason: str, by: Any) -> Adjustment:
    """Back to what the plan says."""
    with deciding(item, "restore", by, reason) as adjustment:
        clear(adjustment)
        tell_heads(item, "恢复原计划", reason, by)
    return adjustment


@contextmanager
def deciding(item: ScheduledItem, name: str, by: Any, reason: str) -> Iterator[Adjustment]:
    """One transition of the item's adjustment, made when it is the first. Raises StateChanged unless in force.

    The plan's row is locked: what the body checks about other items holds until the decision is written.
    """
    with transaction.atomic():
        plan = AnnualPlan.objects.select_for_update(of=("self",)).get(pk=item.plan_id)
        if plan.state != PlanState.APPROVED:
            raise StateChanged("只能调整执行中的计划。这份计划还没有批准，或者已经有了新版本，请打开最新的计划办理。")
        first = {"office_id": plan.office_id, "year": plan.year, "state": ItemState.PLANNED}
        adjustment, _ = Adjustment.objects.get_or_create(lineage=item.lineage, defaults=first)
        with ITEM_FLOW.step(adjustment, name, by=by, reason=reason) as locked:
            yield locked
            locked.reason, locked.decided_at = reason.strip(), timezone.now()


def clear(adjustment: Adjustment) -> None:
    adjustment.month = adjustment.until_month = adjustment.into = None
    adjustment.part_of_month = PartOfMonth.WHOLE


def adopt_decisions(*, plan: AnnualPlan, by: Any, version: int | None = None) -> AnnualPlan:
    """Writes into an amendment being drafted what was decided since the approval: moved items get their new time,
    cancelled and merged ones are taken out. Approving the amendment then settles those decisions.

    Raises Denied when the plan is locked, Conflict when somebody saved meanwhile, DomainError for nothing to adopt.
    """
    with editing(plan, version=version, by=by) as locked:
        permissions.can_edit(by, locked).require()
        items = {item.lineage: item for item in locked.items.all()}
        decided = Adjustment.objects.filter(lineage__in=items).exclude(state=ItemState.PLANNED)
        told = [adopted(items[each.lineage], each) for each in decided]
        if not any(told):
            raise DomainError("没有可以写入的调整，修订版里已经是调整后的安排。")
        record("plan.items", locked, by=by, detail={"adopted": [words for words in told if words]})
    return plan


def adopted(item: ScheduledItem, adjustment: Adjustment) -> str:
    """What became of the row, for the audit trail; empty when it says so already."""
    if adjustment.state != ItemState.MOVED:
        item.delete()
        return f"{item}：{adjustment.state_label}"
    if item.time == adjustment.time:
        return ""
    before = item.time.text
    item.month, item.until_month, item.part_of_month = (
        adjustment.month,
        adjustment.until_month,
        adjustment.part_of_month,
    )
    item.save()
    return f"{item}：{before} → {item.time.text}"


# --- what is refused -----------------------------------------------------------------------------------------------
def refuse_impossible(time: Time) -> None:
    if time.month is None and not time.is_plenary:
        raise DomainError("请选择月份。", field="month")
    if time.until is not None and (time.month is None or time.until < time.month):
        raise DomainError("截止月份不能早于开始月份。", field="until_month")


def refuse_held(item: ScheduledItem) -> None:
    if any(record.standing in HELD for record in records_of(item)):
        raise DomainError("这项安排已经开展，不用再调整时间。")


def refuse_records(item: ScheduledItem, verb: str) -> None:
    """An item with an activity cannot vanish from under it."""
    record = next(iter(records_of(item)), None)
    if record is not None:
        how = "已经开展" if record.standing in HELD else "正在筹备，请先取消那个活动"
        raise DomainError(f"这项安排对应的活动“{record.title}”{how}，不能{verb}这项安排。")


def refuse_target(item: ScheduledItem, into: ScheduledItem) -> None:
    if into.plan_id != item.plan_id or into.lineage == item.lineage:
        raise DomainError("请选择同一份计划里的另一项安排。", field="into")
    if Adjustment.objects.filter(lineage=into.lineage, state__in=(ItemState.MERGED, ItemState.CANCELLED)).exists():
        raise DomainError("那一项已经取消或者并入了别的安排，请另选一项。", field="into")


def refuse_dependants(item: ScheduledItem, verb: str) -> None:
    if Adjustment.objects.filter(into=item.lineage).exists():
        raise DomainError(f"还有别的安排并入了这一项，不能{verb}。请先恢复那一项，或者把它并入别的安排。")


def records_of(item: ScheduledItem) -> list[links.LinkedRecord]:
    return links.records_by_lineage({item.lineage}).get(item.lineage, [])


# --- after the fact ------------------------------------------------------------------------------------------------
def tell_heads(item: ScheduledItem, what: str, reason: str, by: Any) -> None:
    heads = [user for user in users_with(Can.APPROVE_PLANS, item.plan.office) if user.pk != by.pk]
    tell(heads, f"{by.name} 把计划安排“{item.topic}”{what}：{reason.strip()}", url=item.get_absolute_url())


def settle(old: AnnualPlan, new: AnnualPlan, *, by: Any) -> None:
    """An approved amendment decides anew: items it gives another time, drops, or takes the other half of a merger
    from stand as the amendment says. Called in the transaction of the approval."""
    before = {item.lineage: item for item in old.items.all()}
    after = {item.lineage: item for item in new.items.all()}
    decided = Adjustment.objects.filter(lineage__in=before.keys() | after.keys()).exclude(state=ItemState.PLANNED)
    for adjustment in decided:
        item, earlier = after.get(adjustment.lineage), before.get(adjustment.lineage)
        moved = item is None or (earlier is not None and item.time != earlier.time)
        if moved or (adjustment.into is not None and adjustment.into not in after):
            reason = f"第{new.revision}版计划已另行安排。"
            with SETTLEMENT.step(adjustment, "settle", by=by, reason=reason) as locked:
                clear(locked)
                locked.reason, locked.decided_at = reason, timezone.now()
