"""An organizing unit takes no review fee, in whatever contract it is hidden."""

from datetime import date

import pytest

from dabiao import law
from dabiao.reviews.rules.fees import fault

CITED = law.on(date(2026, 3, 2))["fees.review.organizing_unit"]


@pytest.mark.obligation("Q7-no-fee")
@pytest.mark.parametrize(
    ("kind", "firm", "review_fee", "refused"),
    [
        ("review", "organizing_unit", 0, True),
        ("training", "organizing_unit", 1, True),
        ("consulting", "organizing_unit", 1, True),
        ("training", "organizing_unit", 0, False),
        ("review", "review_unit", 30_000, False),
        ("consulting", "", 0, False),
    ],
)
def test_no_review_fee_to_an_organizing_unit(kind: str, firm: str, review_fee: int, refused: bool) -> None:
    assert bool(fault(kind, firm, review_fee, CITED)) is refused
    assert CITED.clause == "quality-2015/7"
