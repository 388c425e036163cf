"""What the pages of the handling of proposals show."""
