"""The journey of a review as steps: contract, notice, initial visit, plan, review, rectification, report."""

from datetime import date

from dabiao.base.clock import day_of
from dabiao.look.shapes import Light, LimitShown, Step, StepState
from dabiao.reviews.models import InitialVisit, Notice, Plan, Review
from dabiao.reviews.states.reviews import ReviewState as S

TITLES = ("签订合同", "通报部门", "初访核验", "评审计划", "现场评审", "整改确认", "评审报告")
# state -> how many steps are behind it
REACHED = {
    S.ENGAGED: 1,
    S.VISITING: 2,
    S.HELD: 2,
    S.CLEARED: 3,
    S.PLANNED: 4,
    S.REVIEWING: 4,
    S.RECTIFYING: 5,
    S.CONFIRMING: 5,
    S.WRITING: 6,
    S.REPORTED: 7,
}


def steps(
    review: Review,
    notices: list[Notice],
    visits: list[InitialVisit],
    plan: Plan | None,
    limit: LimitShown | None,
) -> list[Step]:
    """Where it stands; a stopped review shows at which step it was stopped."""
    days = _days(review, notices, plan)
    lead = visits[-1].lead.name if visits else ""
    who = {0: review.body.short or review.body.name, 2: lead}
    reached = _reached(review, told=bool(notices))
    return [
        Step(title, _state(review, place, reached, limit), days.get(place), who.get(place, ""))
        for place, title in enumerate(TITLES)
    ]


def _days(review: Review, notices: list[Notice], plan: Plan | None) -> dict[int, date | None]:
    return {
        0: review.contracted_on,
        1: notices[0].sent_on if notices else None,
        2: review.cleared_on,
        3: day_of(plan.made_at) if plan else None,
        4: review.delivered_on,
        5: review.rectified_on,
        6: day_of(review.reported_at) if review.reported_at else None,
    }


def _reached(review: Review, *, told: bool) -> int:
    """Of one that was stopped or has ended: the step it came to."""
    state, last = S(review.stopped_from or review.state), len(TITLES) - 1
    if state in REACHED:
        known = REACHED[state] + (1 if told and state == S.ENGAGED else 0)
        return min(known, last) if review.stopped_from else known
    if review.reported_at or review.delivered_on:
        return last if review.reported_at else last - 1
    return 3 if review.cleared_on else 2 if told else 1


def _state(review: Review, place: int, reached: int, limit: LimitShown | None) -> StepState:
    if place < reached:
        return StepState.DONE
    if place > reached:
        return StepState.TODO
    if review.state in {S.STOPPED, S.CLOSED}:
        return StepState.FAILED
    late = limit is not None and limit.state is Light.RED
    return StepState.LATE if late or review.state == S.HELD else StepState.NOW
