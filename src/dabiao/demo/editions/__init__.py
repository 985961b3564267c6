"""Editions of our own, as YAML, so that a fresh clone has real work to do."""
