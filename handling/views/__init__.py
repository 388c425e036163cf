"""Views of the handling of proposals."""
