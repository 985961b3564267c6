"""The steps of a review show how far it came, also when it was stopped or has ended."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from dabiao.look.shapes import StepState
from dabiao.office.reviews import journey
from dabiao.organisations.models import Body
from dabiao.reviews.models import Plan, Review
from dabiao.reviews.states.reviews import ReviewState as S

DAY = date(2026, 4, 9)
CLEARED = {"cleared_on": DAY}
DELIVERED = {**CLEARED, "delivered_on": DAY}
REPORTED = {**DELIVERED, "reported_at": datetime(2026, 4, 9, 2, tzinfo=UTC)}


@pytest.mark.parametrize(
    ("state", "told", "at", "how"),
    [
        (S.STOPPED, {"stopped_from": S.CLEARED, **CLEARED}, "评审计划", StepState.FAILED),
        (S.STOPPED, {"stopped_from": S.REVIEWING, **CLEARED}, "现场评审", StepState.FAILED),
        (S.STOPPED, {"stopped_from": S.REPORTED, **REPORTED}, "评审报告", StepState.FAILED),
        (S.CLOSED, {"stopped_from": S.REPORTED, **REPORTED}, "评审报告", StepState.FAILED),
        (S.CLOSED, DELIVERED, "整改确认", StepState.FAILED),  # rectification overdue
        (S.CLOSED, {}, "通报部门", StepState.FAILED),
        (S.RECTIFYING, DELIVERED, "整改确认", StepState.NOW),
    ],
)
def test_it_shows_at_which_step_it_ended(state: S, told: dict[str, Any], at: str, how: StepState) -> None:
    review = Review(state=state, contracted_on=DAY, body=Body(name="示例评审单位"), **told)
    steps = journey.steps(review, [], [], None, None)
    assert [each.title for each in steps if each.state is how] == [at]
    before = steps[: journey.TITLES.index(at)]
    assert all(each.state is StepState.DONE for each in before)


def test_a_report_handed_in_leaves_every_step_behind() -> None:
    steps = journey.steps(
        Review(state=S.REPORTED, contracted_on=DAY, body=Body(name="示例"), **REPORTED), [], [], None, None
    )
    assert {each.state for each in steps} == {StepState.DONE}
    assert [each.day for each in steps][-1] == DAY


def test_a_plan_shows_the_day_it_was_made() -> None:
    review = Review(state=S.PLANNED, contracted_on=DAY, body=Body(name="示例"), **CLEARED)
    steps = journey.steps(review, [], [], Plan(made_at=datetime(2026, 4, 1, 2, tzinfo=UTC)), None)
    assert {each.title: each.day for each in steps}["评审计划"] == date(2026, 4, 1)
