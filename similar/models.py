"""Tables of the similarity index."""
