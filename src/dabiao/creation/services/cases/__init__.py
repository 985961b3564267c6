"""Acts of a case: drafted, submitted, received, completed, audited, decided."""
