"""What handling adds to a proposal's page."""
