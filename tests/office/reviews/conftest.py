"""A review whose gate is passed, for the pages of the team."""

from reviews.conftest import cleared

__all__ = ["cleared"]
