"""Acts of the grading."""
