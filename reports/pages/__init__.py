"""What the pages of manuscripts show: `one` manuscript, its `screen` rendering, the `editor`, `versions`."""
