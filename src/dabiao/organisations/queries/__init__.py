"""Reads over units: finding and listing them at the size of a city."""
