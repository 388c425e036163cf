"""The transition table of a submission (domain.md, section b, steps 1 to 3). Editing and issuing are further rows."""

from __future__ import annotations

from core.permissions import always
from core.workflow import Transition, Workflow
from opinions.enums import OpinionState as State
from opinions.permissions import can_screen, can_submit

FLOW = Workflow(
    State,
    [
        Transition("submit", "报送", (State.DRAFT,), State.SUBMITTED, can_submit),
        Transition("convert", "转来", (State.DRAFT,), State.SUBMITTED, always, derived=True),
        Transition("accept", "采用", (State.SUBMITTED,), State.ACCEPTED, can_screen, done="已采用，已通知撰稿人。"),
        Transition(
            "decline", "不采用", (State.SUBMITTED,), State.DECLINED, can_screen,
            needs_reason=True, reason_label="不采用的理由", has_form=True, tone="secondary",
            done="已登记为未采用，已通知撰稿人。",
        ),
    ],
)  # fmt: skip
