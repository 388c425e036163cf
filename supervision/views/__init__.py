"""Views of supervision, elections, publication and exchange."""
