"""Pages of activities: read what was asked, one service call, answer."""
