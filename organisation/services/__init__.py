"""Writes to offices, postings and basic data."""

from organisation.services.basics import (
    add_code,
    next_order,
    save_part,
    set_part_active,
    set_rule,
    update_code,
)
from organisation.services.days import remove_days, save_days
from organisation.services.first_run import FirstRun, find_token, issue_token, open_first_office
from organisation.services.offices import (
    create_office,
    next_code,
    save_session,
    save_term,
    set_office_active,
    update_office,
)
from organisation.services.postings import end_posting, grant_role, posting_changed

__all__ = [
    "FirstRun",
    "add_code",
    "create_office",
    "end_posting",
    "find_token",
    "grant_role",
    "issue_token",
    "next_code",
    "next_order",
    "open_first_office",
    "posting_changed",
    "remove_days",
    "save_days",
    "save_part",
    "save_session",
    "save_term",
    "set_office_active",
    "set_part_active",
    "set_rule",
    "update_code",
    "update_office",
]
