"""Rows the mechanisms need. Nothing here knows the business."""

from core.models.files import StoredFile
from core.models.forms import Draft, Submission
from core.models.jobs import Job
from core.models.texts import TextVersion
from core.models.versioned import Versioned
from core.models.views import SavedView
from core.models.workflow import Stateful, WorkflowEvent

__all__ = [
    "Draft", "Job", "SavedView", "Stateful", "StoredFile", "Submission", "TextVersion", "Versioned", "WorkflowEvent",
]  # fmt: skip
