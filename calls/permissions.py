"""Who may do what with calls and submissions. Visibility itself is in the querysets."""

from __future__ import annotations

from typing import Any

from accounts.roles import Can
from calls.enums import ANNOUNCED, RECEIVED, WRITABLE, CallState, EntryState
from calls.models import Call, Entry
from core.permissions import ALLOWED, Permission, denied, first_denial
from members.authors import may_write, member_of
from organisation.selectors import can, grants, line_up

NOT_NOW = "现在不在征集时间内，不能提交。"


# --- calls ---------------------------------------------------------------------------------------------------------
def can_create(user: Any) -> Permission:
    return can(user, Can.EDIT_CALLS)


def can_manage(user: Any, call: Call) -> Permission:
    return can(user, Can.EDIT_CALLS, call.office_id)


def sees_entries(user: Any, call: Call) -> Permission:
    """The received texts, scores and awards before they are published."""
    if call.office_id in grants(user).where(Can.VIEW_CALLS):
        return ALLOWED
    return denied("稿件和评审由组织征集的办公室掌握，结果公布后可以查看。")


def can_compile(user: Any, call: Call) -> Permission:
    """All accepted texts in full, to be printed as one: the office's side, once there may be some."""
    begun = ALLOWED if call.state != CallState.DRAFT else denied("征集还没有发出。")
    return first_denial(sees_entries(user, call), begun)


def sees_results(user: Any, call: Call) -> Permission:
    return ALLOWED if call.state in ANNOUNCED else sees_entries(user, call)


def can_edit(user: Any, call: Call) -> Permission:
    """Its data, until the results are out."""
    open_to_change = denied("结果已经公布，不能再修改。") if call.state in ANNOUNCED else ALLOWED
    return first_denial(can_manage(user, call), open_to_change)


def can_discard(user: Any, call: Call) -> Permission:
    draft = ALLOWED if call.state == CallState.DRAFT else denied("征集已经发出，不能删除。")
    return first_denial(can_manage(user, call), draft)


def can_open(user: Any, call: Call) -> Permission:
    timed = ALLOWED if call.closes_at and not call.is_over else denied("请先填写以后的截止时间。")
    return first_denial(can_manage(user, call), timed)


def can_award(user: Any, call: Call) -> Permission:
    """Choose judges, award prizes: while the texts are judged, and before that for those who judge as they come."""
    judging = call.state in (CallState.OPEN, CallState.JUDGING)
    return first_denial(can_manage(user, call), ALLOWED if judging else denied("现在不在评审阶段。"))


def can_score(user: Any, call: Call) -> Permission:
    if call.state != CallState.JUDGING:
        return denied("现在不在评审阶段。")
    if not call.judges.filter(pk=user.pk).exists():
        return denied("您不是这次征集的评委。")
    return sees_entries(user, call)


def can_publish(user: Any, call: Call) -> Permission:
    return can_manage(user, call)


# --- submissions -----------------------------------------------------------------------------------------------------
def can_enter(user: Any, call: Call) -> Permission:
    """Start a text for this call: serving members of the call's office and the offices below it."""
    if not (answer := may_write(user, Can.WRITE_CALLS)):
        return answer
    if call.office_id not in line_up(member_of(user).office):
        return denied("这次征集面向其他办公室的委员。")
    return ALLOWED if call.takes_entries else denied(NOT_NOW)


def is_author(user: Any, entry: Entry) -> Permission:
    member = member_of(user)
    if member and any(row.member_id == member.pk for row in entry.authors.all()):
        return ALLOWED
    return denied("只有作者本人可以这样做。")


def is_first_author(user: Any, entry: Entry) -> Permission:
    member, authors = member_of(user), list(entry.authors.all())
    if member and authors and authors[0].member_id == member.pk:
        return ALLOWED
    return denied("只有第一作者可以修改和提交。")


def can_edit_entry(user: Any, entry: Entry) -> Permission:
    """The text: its first author, until it is submitted and after it was returned."""
    writable = ALLOWED if entry.state in WRITABLE else denied("稿件已经提交。截止以前可以先撤回再修改。")
    return first_denial(is_first_author(user, entry), may_write(user, Can.WRITE_CALLS), writable)


def can_submit(user: Any, entry: Entry) -> Permission:
    """A returned text may come after the end: the office asked for it."""
    asked_for = entry.state == EntryState.RETURNED and entry.call.state in (CallState.OPEN, CallState.JUDGING)
    in_time = ALLOWED if entry.call.takes_entries or asked_for else denied(NOT_NOW)
    return first_denial(is_first_author(user, entry), may_write(user, Can.WRITE_CALLS), in_time)


def can_withdraw(user: Any, entry: Entry) -> Permission:
    in_time = ALLOWED if entry.call.takes_entries else denied("已经截止，不能撤回。确需撤回请联系办公室。")
    return first_denial(is_first_author(user, entry), in_time)


def can_screen(user: Any, entry: Entry) -> Permission:
    """Return, accept, reject: staff of the calling office until the results are published."""
    if is_author(user, entry):
        return denied("这一步由办公室办理。")
    undecided = denied("结果已经公布，不能再改。") if entry.call.state in ANNOUNCED else ALLOWED
    return first_denial(can_manage(user, entry.call), undecided)


def can_hand_over(user: Any, entry: Entry) -> Permission:
    """Use a text that was not taken for something else: its first author."""
    unused = ALLOWED if entry.state == EntryState.REJECTED else denied("只有未采用的稿件才能转作他用。")
    return first_denial(is_first_author(user, entry), unused)


def is_received(entry: Entry) -> bool:
    return entry.state in RECEIVED
