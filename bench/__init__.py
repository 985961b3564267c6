"""The benchmark suite: each row measured in one run next to its floor, on both databases."""
