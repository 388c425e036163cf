"""Members' files: the office of the file works in it, those above look, the member sees the own file."""

from typing import Any

from members.models import MemberImport
from tests.access.table import MEMBERS, SEES_TOWN, STAFF_OF_TOWN, Row
from tests.world import World

LISTS = "staff head other_staff county_staff county_head leader"
EDITORS = "staff head other_staff county_staff county_head"
ABOVE = "county_staff county_head leader"


def pending(world: World) -> MemberImport:
    """A checked upload of the town's staff."""
    values = {"member_no": "T900", "name": "柳青", "gender": "female"}
    row = {"row": 2, "cells": list(values.values()), "values": values, "faults": [], "fate": "new", "changed": []}
    return MemberImport.objects.create(
        office=world.offices["town"], term=world["session"].term, owner=world.people["staff"],
        file_name="名册.xlsx", head=["委员编号", "姓名", "性别"], rows=[row], total=1, created_count=1,
    )  # fmt: skip


def import_row(url: str, *more: str, **options: Any) -> Row:
    return Row(url, args=lambda world: [pending(world).pk, *more], **options)


NEW = {"member_no": "T901", "name": "林小溪", "gender": "female", "level": "county"}

ROWS = [
    Row("my_record", ok=MEMBERS),
    Row("my_record", query="?year=2025", ok=MEMBERS),
    Row("member_list", ok=LISTS, rest=403),
    Row("member_list", query="?export=xlsx", ok=LISTS, rest=403),
    Row("member_address_book", ok=LISTS, rest=403),
    Row("member_birthdays", ok=EDITORS, rest=403),
    Row("member_detail", obj="member.owner", ok=f"{SEES_TOWN} owner"),
    Row("member_private", obj="member.owner", method="POST", ok=f"{STAFF_OF_TOWN} owner", no=ABOVE),
    Row("member_create", ok=EDITORS, rest=403),
    Row("member_create", method="POST", data=NEW, bad=EDITORS, rest=403),
    Row("member_edit", obj="member.owner", ok=STAFF_OF_TOWN, no=f"{ABOVE} owner"),
    Row("member_edit", obj="member.owner", method="POST", bad=STAFF_OF_TOWN, no=f"{ABOVE} owner"),
    Row("member_leave", obj="member.owner", ok=STAFF_OF_TOWN, no=f"{ABOVE} owner"),
    Row("member_leave", obj="member.owner", method="POST", data={"left_on": "2026-3-1", "reason": "工作调动"},
        moved=STAFF_OF_TOWN, no=f"{ABOVE} owner"),
    Row("member_reinstate", obj="member.owner", method="POST", no=f"{SEES_TOWN} owner"),
    Row("member_account", obj="member.owner", method="POST", no=f"{SEES_TOWN} owner"),
    Row("member_accounts", ok=EDITORS, rest=403),
    Row("member_import", ok=EDITORS, rest=403),
    Row("member_import", method="POST", bad=EDITORS, rest=403),
    Row("member_import_template", ok=EDITORS, rest=403),
    import_row("member_import_detail", ok="staff"),
    import_row("member_import_errors", ok="staff"),
    import_row("member_import_act", "apply", method="POST", moved="staff"),
    import_row("member_import_act", "discard", method="POST", moved="staff"),
    import_row("member_import_act", "nonsense", method="POST"),
]  # fmt: skip
