"""Forms of supervision, elections, publication and exchange."""
