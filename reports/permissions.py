"""Who may make, edit, review and approve documents. Each answer is allowed, or denied with a sentence for the page."""

from __future__ import annotations

from typing import Any

from accounts.roles import Can
from core.permissions import ALLOWED, Permission, denied, first_denial
from organisation.models import Office
from organisation.selectors import can, grants
from reports.documents import Document
from reports.enums import EDITABLE, ManuscriptState
from reports.models import Manuscript

LOCKED = {
    ManuscriptState.SUBMITTED: "文稿正在核稿，不能修改。如需修改，请先撤回。",
    ManuscriptState.REVIEWED: "文稿已核稿，等待签发，不能修改。如需修改，请核稿人退回。",
    ManuscriptState.APPROVED: "文稿已签发，文字和数据不再变动。如有差错，请点“更正”，另做一版。",
}


def can_make(user: Any, office: Office) -> Permission:
    return can(user, Can.MAKE_REPORTS, office)


def offers(user: Any, kind: Document) -> bool:
    """Whether somebody who makes documents is offered this one: private ones only who sees private data somewhere."""
    return not kind.private or grants(user).holds(Can.SEE_PRIVATE)


def can_make_kind(user: Any, office: Office, kind: Document) -> Permission:
    """What holds private data is for those only who see them in the office's files."""
    if kind.private and not can(user, Can.SEE_PRIVATE, office):
        return denied(f"{kind.label}含委员的联系方式，只供{office.short_name}自己的工作人员使用。")
    return can_make(user, office)


def can_start(user: Any, office: Office | None = None) -> Permission:
    """Whether the user may write manuscripts of the office, or of any."""
    return can(user, Can.EDIT_REPORTS, office)


def can_work_on(user: Any, manuscript: Manuscript) -> Permission:
    """Whether it belongs to an office the user works in, whatever its state."""
    return can(user, Can.EDIT_REPORTS, manuscript.office_id)


def can_edit(user: Any, manuscript: Manuscript) -> Permission:
    """Own office, and while it is drafted or returned."""
    unlocked = ALLOWED if manuscript.state in EDITABLE else denied(LOCKED[ManuscriptState(manuscript.state)])
    return first_denial(can_work_on(user, manuscript), unlocked)


def can_submit(user: Any, manuscript: Manuscript) -> Permission:
    filled = ALLOWED if manuscript.passages else denied("文稿还是空的，请先成文。")
    return first_denial(can_work_on(user, manuscript), filled)


def can_review(user: Any, manuscript: Manuscript) -> Permission:
    if can(user, Can.REVIEW_REPORTS, manuscript.office_id):
        return ALLOWED
    return denied("由本办公室或上级办公室的负责人核稿。")


def can_approve(user: Any, manuscript: Manuscript) -> Permission:
    if can(user, Can.APPROVE_REPORTS, manuscript.office_id):
        return ALLOWED
    return denied("由本办公室或上级办公室的负责人、领导签发。")


def can_return(user: Any, manuscript: Manuscript) -> Permission:
    """The reviewer while it is to be reviewed, the approver while it is to be approved."""
    if manuscript.state == ManuscriptState.SUBMITTED:
        return can_review(user, manuscript)
    return can_approve(user, manuscript)


def can_correct(user: Any, manuscript: Manuscript) -> Permission:
    """Own office, only the newest edition, and only once it is approved."""
    if manuscript.state != ManuscriptState.APPROVED:
        return denied("没有签发的文稿可以直接修改，不需要更正。")
    if Manuscript.objects.filter(corrects=manuscript).exists():
        return denied("这份文稿已经有更正版，请打开更正版处理。")
    return can_work_on(user, manuscript)
