"""Forms of the handling of proposals."""
