"""Acts of the review, cut by what they are about."""
