"""The printed commitment letter. Pure: no models, no clock, no network."""
