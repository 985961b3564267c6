"""The demonstration city: a story told through services, and the standards it works by."""
