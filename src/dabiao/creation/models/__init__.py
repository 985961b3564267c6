"""Rows of the creation work, cut by what they are about."""

from dabiao.creation.models.assessments import SelfAssessment
from dabiao.creation.models.assessors import Assessor, Training, TrainingFund
from dabiao.creation.models.cases import Case, CaseFinding, CaseSite, Correction, Decision
from dabiao.creation.models.commitments import Commitment
from dabiao.creation.models.cycles import Cycle
from dabiao.creation.models.groups import GroupMember, LeadingGroup, Meeting, Work

__all__ = [
    "Assessor",
    "Case",
    "CaseFinding",
    "CaseSite",
    "Commitment",
    "Correction",
    "Cycle",
    "Decision",
    "GroupMember",
    "LeadingGroup",
    "Meeting",
    "SelfAssessment",
    "Training",
    "TrainingFund",
    "Work",
]
