"""What the pages of proposals say."""

from proposals.pages.batches import batch, batches
from proposals.pages.heads import MINE, WRITE, crumbs, head
from proposals.pages.mine import first, task, waits, wished
from proposals.pages.one import detail
from proposals.pages.people import people
from proposals.pages.requests import request_context, request_head
from proposals.pages.writing import (
    FROM_WORD,
    WORD_HELP,
    aside,
    needs_people,
    offer,
    receipt,
    submit_label,
    typed,
    writing_links,
)

__all__ = [
    "FROM_WORD", "MINE", "WORD_HELP", "WRITE", "aside", "batch", "batches", "crumbs", "detail", "first", "head",
    "needs_people", "offer", "people", "receipt", "request_context", "request_head", "submit_label", "task", "typed",
    "waits", "wished", "writing_links",
]  # fmt: skip
