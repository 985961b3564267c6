"""Rows of the review, cut by what they are about."""

from dabiao.reviews.models.contracts import Conflict, ContractKind, Notice, ServiceContract
from dabiao.reviews.models.reviews import Report, Review

__all__ = ["Conflict", "ContractKind", "Notice", "Report", "Review", "ServiceContract"]
