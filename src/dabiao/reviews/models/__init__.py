"""Rows of the review, cut by what they are about."""

from dabiao.reviews.models.reviews import Report, Review

__all__ = ["Report", "Review"]
