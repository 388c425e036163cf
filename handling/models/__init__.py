"""Tables of the handling of proposals."""

from handling.models.assignments import Assignment, AssignmentQuerySet, ReassignRequest
from handling.models.clocks import Clock, Extension, Pause, Reminder
from handling.models.feedback import Feedback
from handling.models.replies import Contact, Reply, ReplyFile, ReplyItem
from handling.models.tracking import FollowUpReport

__all__ = [
    "Assignment", "AssignmentQuerySet", "Clock", "Contact", "Extension", "Feedback", "FollowUpReport", "Pause",
    "ReassignRequest", "Reminder", "Reply", "ReplyFile", "ReplyItem",
]  # fmt: skip
