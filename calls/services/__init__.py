"""Every write to calls and submissions. `by` is the acting user."""

from calls.services.awards import Award, award, publish, score
from calls.services.calls import create, discard, extend, judge, move, open_call, set_judges, update
from calls.services.entries import Text, decide, drop, hand_over, submit, withdraw, write

__all__ = [
    "Award",
    "Text",
    "award",
    "create",
    "decide",
    "discard",
    "drop",
    "extend",
    "hand_over",
    "judge",
    "move",
    "open_call",
    "publish",
    "score",
    "set_judges",
    "submit",
    "update",
    "withdraw",
    "write",
]
