"""Rows of the review, cut by what they are about."""

from dabiao.reviews.models.contracts import Conflict, ContractKind, Notice, ServiceContract
from dabiao.reviews.models.plans import ExpertDraw, Member, MemberPlace, Plan, Remark, RemarkKind, Stint
from dabiao.reviews.models.reviews import Report, Review
from dabiao.reviews.models.visits import InitialVisit

__all__ = [
    "Conflict",
    "ContractKind",
    "ExpertDraw",
    "InitialVisit",
    "Member",
    "MemberPlace",
    "Notice",
    "Plan",
    "Remark",
    "RemarkKind",
    "Report",
    "Review",
    "ServiceContract",
    "Stint",
]
