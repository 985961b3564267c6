"""Rows of the review, cut by what they are about."""

from dabiao.reviews.models.checks import Check, Checked, CheckOutcome
from dabiao.reviews.models.contracts import Conflict, ContractKind, Namesake, Notice, ServiceContract
from dabiao.reviews.models.followups import FollowUp, Revisit, Revisited, RevisitOutcome
from dabiao.reviews.models.plans import ExpertDraw, Member, MemberPlace, Plan, Remark, RemarkKind, Stint
from dabiao.reviews.models.rectifications import (
    CheckKind,
    Extension,
    Finding,
    Meeting,
    MeetingKind,
    Overdue,
    Submission,
)
from dabiao.reviews.models.reviews import Report, Review
from dabiao.reviews.models.visits import InitialVisit

__all__ = [
    "Check",
    "CheckKind",
    "CheckOutcome",
    "Checked",
    "Conflict",
    "ContractKind",
    "ExpertDraw",
    "Extension",
    "Finding",
    "FollowUp",
    "InitialVisit",
    "Meeting",
    "MeetingKind",
    "Member",
    "MemberPlace",
    "Namesake",
    "Notice",
    "Overdue",
    "Plan",
    "Remark",
    "RemarkKind",
    "Report",
    "Review",
    "Revisit",
    "RevisitOutcome",
    "Revisited",
    "ServiceContract",
    "Stint",
    "Submission",
]
