"""Pages of plans."""

from plans.views.items import item_act, item_edit, plan_adopt, plan_item, plan_months, plan_series
from plans.views.plans import (
    plan_act,
    plan_amend,
    plan_create,
    plan_detail,
    plan_edit_items,
    plan_edit_targets,
    plan_edit_text,
    plan_list,
    plan_target,
)
from plans.views.reading import plan_read, plan_read_part, plan_read_review
from plans.views.year import plan_changes, plan_year

__all__ = [
    "item_act",
    "item_edit",
    "plan_act",
    "plan_adopt",
    "plan_amend",
    "plan_changes",
    "plan_create",
    "plan_detail",
    "plan_edit_items",
    "plan_edit_targets",
    "plan_edit_text",
    "plan_item",
    "plan_list",
    "plan_months",
    "plan_read",
    "plan_read_part",
    "plan_read_review",
    "plan_series",
    "plan_target",
    "plan_year",
]
