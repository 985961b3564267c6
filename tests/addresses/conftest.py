"""The furnished world, for the tests here."""

from addresses.furnished import asking, stage

__all__ = ["asking", "stage"]
