"""Cases of the city told by hand, each as far as it is meant to have come: one at least in every state."""
