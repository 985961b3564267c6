"""Rows of the grading, cut by what they are about."""

from dabiao.grading.models.certificates import Bulletin, Certificate, Copy
from dabiao.grading.models.gradings import Grading, PaperAudit
from dabiao.grading.models.objections import Objection
from dabiao.grading.models.opinions import Opinion
from dabiao.grading.models.rechecks import Measure, Recheck, SpotDraw
from dabiao.grading.models.rulings import Judgement, Ruling

__all__ = [
    "Bulletin",
    "Certificate",
    "Copy",
    "Grading",
    "Judgement",
    "Measure",
    "Objection",
    "Opinion",
    "PaperAudit",
    "Recheck",
    "Ruling",
    "SpotDraw",
]
