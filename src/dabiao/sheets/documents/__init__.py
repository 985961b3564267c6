"""The printed sheet: PDF and Word from one value. Pure: no models, no clock, no network."""
