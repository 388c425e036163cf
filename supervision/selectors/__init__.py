"""Shared reads of supervision, elections, publication and exchange."""
