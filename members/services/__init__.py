"""Every write to members' files."""

from members.services.accounts import Slip, open_account, open_accounts, reissue_password
from members.services.imports import apply_import, discard_import, stage_import
from members.services.records import (
    create_member,
    mark_left,
    note_export,
    note_private_shown,
    reinstate,
    update_member,
)

__all__ = [
    "Slip", "apply_import", "create_member", "discard_import", "mark_left", "note_export", "note_private_shown",
    "open_account", "open_accounts", "reinstate", "reissue_password", "stage_import", "update_member",
]  # fmt: skip
