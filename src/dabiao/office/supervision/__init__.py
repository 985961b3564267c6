"""Pages of supervision: draws, and verifications."""
