"""The report's review gathered for the rules, and what a verification says of it."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet

from dabiao.hazards.models import Hazard
from dabiao.hazards.states import HazardState
from dabiao.people.models import Account
from dabiao.reviews.models import Finding, Review
from dabiao.reviews.queries import visits as initial
from dabiao.sheets import queries as sheets
from dabiao.sheets.models import Answer, Sheet
from dabiao.supervision.models import VerifyingVisit
from dabiao.supervision.rules import judging
from dabiao.supervision.rules.judging import Reviewed


def judged(visit: VerifyingVisit, sheet: Sheet, majors: Collection[str]) -> dict[str, Any]:
    """The scores, the comparison, and by name the major hazards the report left out."""
    report, today = visit.verification.certificate.grading.report, sheets.rulebook(sheet)
    lines = judging.judge(reviewed(visit), today, sheets.answers(sheet), majors)
    names = dict(Account.objects.filter(pk__in={each.reviewer for each in lines}).values_list("pk", "name"))
    missed = [
        {"line": each.line, "number": each.number, "text": today.line(each.line).item.requirement}
        for each in lines
        if each.missed_major
    ]
    scores = {"report": (report.score or {}).get("score"), "verification": (sheet.result or {}).get("score")}
    return {**judging.plain(lines, names), "scores": scores, "missed": missed}


def reviewed(visit: VerifyingVisit) -> Reviewed:
    grading = visit.verification.certificate.grading
    sheet = grading.report.sheet
    known = _lines(_found(grading.review).filter(major=True))
    put_right = Finding.objects.filter(review=grading.review_id, hazard__state=HazardState.CLOSED)
    return Reviewed(
        sheets.rulebook(sheet),
        sheets.answers(sheet),
        dict(Answer.objects.filter(sheet=sheet).values_list("line", "recorded_by")),
        known,
        _lines(Hazard.objects.filter(pk__in=put_right.values("hazard"))),
    )


def _found(review: Review) -> "QuerySet[Hazard]":
    """What the review itself had found: at its initial visits, and on site."""
    findings = Finding.objects.filter(review=review).values("hazard")
    return Hazard.objects.filter(Q(pk__in=findings) | Q(pk__in=initial.hazards_of(review).values("pk")))


def _lines(rows: "QuerySet[Hazard]") -> set[str]:
    return {item.rpartition("#")[2] for item in rows.values_list("standard_item", flat=True) if item}
