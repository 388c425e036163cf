"""What supervision adds to a proposal's page."""

from supervision.panels import proposal

__all__ = ["proposal"]
