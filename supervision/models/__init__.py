"""Tables of supervision, elections and publication."""
