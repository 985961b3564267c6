"""States and moves of the creation work, cut by what they are about."""
