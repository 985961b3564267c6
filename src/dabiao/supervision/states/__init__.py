"""States, cut by what they are of."""
