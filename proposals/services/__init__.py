"""Every write to proposals. `by` is the acting user; each is one transaction with its audit row and notices."""

from proposals.services.batches import save_batch
from proposals.services.checking import Advice, Tick, recommend, tick
from proposals.services.following import follow
from proposals.services.merging import merge, unmerge
from proposals.services.people import choose, drop, move_up, name_convenor, proposers_of, remind
from proposals.services.requests import ask_office, decide
from proposals.services.review import (
    become_opinion,
    file_case,
    not_file,
    reconsider,
    return_for_changes,
    take_up,
)
from proposals.services.signatures import (
    accept,
    confirm,
    decline,
    decline_sign,
    invite,
    leave,
    reopen,
    sign,
    to_convenor,
)
from proposals.services.submitting import submit, withdraw
from proposals.services.writing import TEXTS, Files, Text, discard, restore, write

__all__ = [
    "TEXTS",
    "Advice",
    "Files",
    "Text",
    "Tick",
    "accept",
    "ask_office",
    "become_opinion",
    "choose",
    "confirm",
    "decide",
    "decline",
    "decline_sign",
    "discard",
    "drop",
    "file_case",
    "follow",
    "invite",
    "leave",
    "merge",
    "move_up",
    "name_convenor",
    "not_file",
    "proposers_of",
    "recommend",
    "reconsider",
    "remind",
    "reopen",
    "restore",
    "return_for_changes",
    "save_batch",
    "sign",
    "submit",
    "take_up",
    "tick",
    "to_convenor",
    "unmerge",
    "withdraw",
    "write",
]  # fmt: skip
