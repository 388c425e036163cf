"""Every write to proposals. `by` is the acting user; each is one transaction with its audit row and notices."""

from proposals.services.people import proposers_of
from proposals.services.review import file_case, return_for_changes
from proposals.services.writing import Text, discard, submit, withdraw, write

__all__ = [
    "Text", "discard", "file_case", "proposers_of", "return_for_changes", "submit", "withdraw", "write",
]  # fmt: skip
