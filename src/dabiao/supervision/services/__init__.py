"""Acts of supervision, cut by what they are about."""
