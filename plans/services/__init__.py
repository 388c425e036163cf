"""Every write to plans. Each is one transaction with its audit row; sentences in errors are for the user."""

from plans.services.items import adopt_decisions, cancel_item, merge_item, move_item, restore_item
from plans.services.plans import (
    amend_plan,
    approve,
    create_plan,
    return_plan,
    save_items,
    save_targets,
    save_text,
    submit,
    withdraw,
)  # fmt: skip
from plans.services.reading import adopt_text
from plans.services.series import add_series, delete_item, save_item

__all__ = [
    "add_series", "adopt_decisions", "adopt_text", "amend_plan", "approve", "cancel_item", "create_plan", "delete_item",
    "merge_item", "move_item", "restore_item", "return_plan", "save_item", "save_items", "save_targets", "save_text",
    "submit", "withdraw",
]  # fmt: skip
