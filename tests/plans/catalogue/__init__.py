"""What domain.md (h1, h2) asks a portal to record and count, entry by entry, as data of the tests."""
