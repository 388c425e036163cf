"""What this app keeps."""

from reports.models.manuscripts import Manuscript
from reports.models.produced import Paper, Report

__all__ = ["Manuscript", "Paper", "Report"]
