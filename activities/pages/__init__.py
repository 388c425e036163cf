"""What the pages of activities show. Reads only."""

from activities.pages import heads, lists
from activities.pages.candidates import CandidateFilter
from activities.pages.detail import detail

__all__ = ["CandidateFilter", "detail", "heads", "lists"]
