"""Every write to the handling of proposals. `by` is the acting user; each is one transaction with its audit row."""
