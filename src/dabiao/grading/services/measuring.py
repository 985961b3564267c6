"""The comparison of a re-check with the review it checks, and what it says of each reviewer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dabiao.grading.models import Grading, Measure, Recheck
from dabiao.grading.rules import comparing
from dabiao.grading.rules.comparing import Compared
from dabiao.hazards.models import Hazard
from dabiao.hazards.states import HazardState
from dabiao.reviews.models import Finding
from dabiao.sheets import queries as sheets
from dabiao.sheets.models import Answer, Occasion


@dataclass(frozen=True, slots=True)
class Lines:
    compared: tuple[Compared, ...]

    @property
    def plain(self) -> dict[str, Any]:
        return comparing.plain(self.compared)


def compared(grading: Grading, recheck: Recheck, majors: Sequence[str]) -> Lines:
    """Item by item, on the rulebook both stand on."""
    review = grading.report.sheet
    assert recheck.sheet is not None  # noqa: S101  asked before
    recorded = Answer.objects.filter(sheet=review).values_list("line", "recorded_by")
    found = comparing.compare(
        sheets.rulebook(review),
        sheets.answers(review),
        sheets.answers(recheck.sheet),
        reviewers=dict(recorded),
        majors=majors,
        known=_known(grading),
        rectified=_rectified(grading),
    )
    return Lines(found)


def _known(grading: Grading) -> set[str]:
    """Lines where the review itself had found a major hazard."""
    rows = Hazard.objects.filter(unit=grading.unit_id, major=True).exclude(
        origin__in=[Occasion.SELF_ASSESSMENT, Occasion.RECHECK]
    )
    items = rows.filter(found_at__gte=grading.review.opened_at).values_list("standard_item", flat=True)
    return {item.rpartition("#")[2] for item in items if item}


def _rectified(grading: Grading) -> set[str]:
    """Lines of the review's findings that its team confirmed as put right."""
    rows = Finding.objects.filter(review=grading.review_id, hazard__state=HazardState.CLOSED)
    items = rows.values_list("hazard__standard_item", flat=True)
    return {item.rpartition("#")[2] for item in items if item}


def measures(grading: Grading, recheck: Recheck, lines: Lines, at: datetime) -> list[Measure]:
    """One row a reviewer."""
    return [
        Measure(
            recheck=recheck,
            reviewer_id=reviewer,
            body_id=grading.body_id,
            compared=tally.compared,
            agreed=tally.agreed,
            drift=tally.drift,
            missed_vetoes=tally.missed_vetoes,
            missed_majors=tally.missed_majors,
            rectified=tally.rectified,
            measured_at=at,
        )
        for reviewer, tally in comparing.by_reviewer(lines.compared).items()
        if reviewer
    ]
