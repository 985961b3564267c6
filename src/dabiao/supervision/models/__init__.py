"""Rows of supervision, cut by what they are about."""

from dabiao.supervision.models.draws import VerificationDraw
from dabiao.supervision.models.verifications import Verification
from dabiao.supervision.models.visits import Verifier, VerifyingVisit

__all__ = ["Verification", "VerificationDraw", "Verifier", "VerifyingVisit"]
