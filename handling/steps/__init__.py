"""What each transition asks for and which service it calls."""
