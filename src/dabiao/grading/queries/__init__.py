"""Reading gradings: one, those waiting, limits, whom to keep away."""
