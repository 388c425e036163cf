"""The transition table of a survey."""

from __future__ import annotations

from core.workflow import Transition, Workflow
from surveys.enums import SurveyState as State
from surveys.permissions import can_close, can_manage, can_open, can_recall

FLOW = Workflow(
    State,
    [
        Transition("open", "发出问卷", (State.DRAFT,), State.OPEN, can_open, done="问卷已发出。"),
        Transition("extend", "改截止时间", (State.OPEN,), State.OPEN, can_manage, has_form=True, tone="secondary",
                   done="截止时间已更改。"),
        Transition("recall", "撤回修改", (State.OPEN,), State.DRAFT, can_recall, tone="secondary",
                   done="问卷已撤回，改好后再发出。"),
        Transition("close", "结束填写", (State.OPEN,), State.CLOSED, can_close, tone="secondary",
                   done="问卷已结束，可以看结果了。"),
    ],
)  # fmt: skip
