"""Every write to supervision, elections, publication and exchange. `by` is the acting user."""
