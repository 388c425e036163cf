"""What the pages of supervision, elections, publication and exchange show."""
