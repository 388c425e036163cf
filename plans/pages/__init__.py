"""What the pages of plans show. Reads only."""
