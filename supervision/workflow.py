"""The transition tables of a key proposal, a look-back round and an election."""

from __future__ import annotations

from core.workflow import Transition, Workflow
from supervision.enums import ElectionState as E
from supervision.enums import KeyState as K
from supervision.enums import RoundState as R
from supervision.permissions import can_confirm, can_deliberate, can_publish, can_start_judging, works

KEY_CASES = Workflow(
    K,
    [
        Transition("confirm", "确定为重点提案", (K.CANDIDATE,), K.CONFIRMED, can_confirm,
                   done="已确定为重点提案，已通知督办领导和提案人。"),
        Transition("finish", "督办完成", (K.CONFIRMED,), K.FINISHED, works, has_form=True, tone="secondary",
                   done="已登记督办结果。"),
        Transition("drop", "不列入", (K.CANDIDATE,), K.DROPPED, works, needs_reason=True, tone="secondary",
                   done="已登记为不列入。"),
        Transition("restore", "恢复为备选", (K.DROPPED,), K.CANDIDATE, works, tone="secondary", done="已恢复为备选。"),
        Transition("reopen", "继续督办", (K.FINISHED,), K.CONFIRMED, works, needs_reason=True, tone="secondary",
                   done="已恢复督办。"),
    ],
)  # fmt: skip

ROUNDS = Workflow(
    R,
    [
        Transition("close", "总结本轮", (R.OPEN,), R.CLOSED, works, has_form=True, done="本轮回头看已总结。"),
        Transition("reopen", "恢复本轮", (R.CLOSED,), R.OPEN, works, needs_reason=True, tone="secondary",
                   done="已恢复，可以继续登记。"),
    ],
)  # fmt: skip

ELECTIONS = Workflow(
    E,
    [
        Transition("judge", "截止推荐，转入初评", (E.COLLECTING,), E.JUDGING, can_start_judging,
                   done="已转入初评，已通知评委。"),
        Transition("collect", "恢复征集推荐", (E.JUDGING,), E.COLLECTING, works, needs_reason=True, tone="secondary",
                   done="已恢复征集推荐。"),
        Transition("deliberate", "提交审议", (E.JUDGING,), E.DELIBERATING, can_deliberate,
                   done="已提交审议，等待负责人或领导批准。"),
        Transition("send_back", "退回初评", (E.DELIBERATING,), E.JUDGING, can_publish, needs_reason=True,
                   tone="secondary", done="已退回初评。"),
        Transition("publish", "批准并公布", (E.DELIBERATING,), E.PUBLISHED, can_publish,
                   done="结果已公布，已通知提案人或承办单位。"),
    ],
)  # fmt: skip
