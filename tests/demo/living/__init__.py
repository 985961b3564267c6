"""Tests that look at one city of `make demo`, told once for all of them."""
