"""What a manuscript can become, and by whom: 起草 → 核稿 → 签发."""

from __future__ import annotations

from core.workflow import Transition, Workflow
from reports import permissions
from reports.enums import EDITABLE, ManuscriptState

DRAFT, SUBMITTED, RETURNED = ManuscriptState.DRAFT, ManuscriptState.SUBMITTED, ManuscriptState.RETURNED
REVIEWED, APPROVED = ManuscriptState.REVIEWED, ManuscriptState.APPROVED

FLOW = Workflow(
    ManuscriptState,
    [
        Transition(
            "submit", "提交核稿", tuple(EDITABLE), SUBMITTED, permissions.can_submit,
            done="已提交，等待负责人核稿。",
        ),
        Transition(
            "review", "核稿通过", (SUBMITTED,), REVIEWED, permissions.can_review,
            tone="success", done="核稿通过，等待领导签发。",
        ),
        Transition(
            "approve", "签发", (REVIEWED,), APPROVED, permissions.can_approve,
            tone="success", done="已签发，文字和数据已经固定，正在生成正式文件。", has_form=True,
        ),
        Transition(
            "return", "退回修改", (SUBMITTED, REVIEWED), RETURNED, permissions.can_return,
            needs_reason=True, reason_label="退回的理由", tone="secondary", done="已退回，起草人会收到通知。",
        ),
        Transition(
            "withdraw", "撤回修改", (SUBMITTED,), DRAFT, permissions.can_work_on,
            tone="secondary", done="已撤回，可以继续修改。",
        ),
    ],
)  # fmt: skip
