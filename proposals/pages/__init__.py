"""What the pages of proposals say."""

from proposals.pages.heads import MINE, WRITE, crumbs, head
from proposals.pages.one import detail
from proposals.pages.writing import receipt, task

__all__ = ["MINE", "WRITE", "crumbs", "detail", "head", "receipt", "task"]
