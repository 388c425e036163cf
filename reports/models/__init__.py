"""What this app keeps."""

from reports.models.archives import Archive
from reports.models.manuscripts import Manuscript
from reports.models.produced import Paper, Report

__all__ = ["Archive", "Manuscript", "Paper", "Report"]
