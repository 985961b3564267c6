"""Rows of the creation work, cut by what they are about."""

from dabiao.creation.models.assessments import SelfAssessment
from dabiao.creation.models.cycles import Cycle

__all__ = ["Cycle", "SelfAssessment"]
