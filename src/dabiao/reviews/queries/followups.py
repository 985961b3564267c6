"""Reading follow-ups: what is owed until when, by which edition it is looked at, who goes."""

from collections.abc import Sequence
from datetime import date

from django.db import models

from dabiao.creation.queries.cases import Clock
from dabiao.hazards.models import Hazard
from dabiao.kernel.days import Calendar
from dabiao.people.models import Account
from dabiao.reviews.models import FollowUp, Review, Revisit, Revisited
from dabiao.reviews.queries import checks, visits
from dabiao.reviews.queries import reviews as reading
from dabiao.reviews.queries.checks import Earlier
from dabiao.reviews.states.followups import FollowUpState, RevisitState
from dabiao.sheets.models import Answer
from dabiao.sheets.rules.occasions import Occasion
from dabiao.standards import queries as standards
from dabiao.standards.models import Edition

LIMIT, COUNT = "follow_up_visit.limit", "follow_up_visit.count"
ORIGIN = Occasion.FOLLOW_UP_VISIT
NOT_GOING = "不在这次回访的人员中。"


def of(review: Review) -> FollowUp | None:
    """What is owed, or was; None before the announcement."""
    found = FollowUp.objects.filter(review=review).first()
    if found is not None:
        found.review = review
    return found


def owed() -> "models.QuerySet[FollowUp]":
    return FollowUp.objects.filter(state=FollowUpState.OWED).select_related("review__unit").order_by("id")


def beyond() -> "models.QuerySet[Revisit]":
    """Visits under way where all that were owed have been made."""
    rows = Revisit.objects.filter(state=RevisitState.OPEN, review__follow_up__state=FollowUpState.MET)
    return rows.select_related("review").order_by("id")


def clock(followup: FollowUp, day: date, calendar: Calendar) -> Clock | None:
    """While it is owed; nothing lets it stand still."""
    if followup.state != FollowUpState.OWED:
        return None
    return reading.clock(LIMIT, followup.announced_on, (), day, calendar)


def due(followup: FollowUp, calendar: Calendar) -> date:
    """The last day, whatever became of it."""
    return reading.clock(LIMIT, followup.announced_on, (), followup.announced_on, calendar).state.due


def all_of(review: Review) -> list[Revisit]:
    rows = Revisit.objects.filter(review=review).select_related("sheet__rulebook", "lead")
    found = list(rows.prefetch_related("covers__finding__hazard", "sheet__signatures").order_by("turn"))
    for each in found:
        each.review = review
    return found


def open_one(review: Review) -> Revisit | None:
    return next((each for each in all_of(review) if each.state == RevisitState.OPEN), None)


def concluded(review: Review) -> int:
    return Revisit.objects.filter(review=review, state=RevisitState.CONCLUDED).count()


def covers(visit: Revisit) -> list[Revisited]:
    return list(Revisited.objects.filter(visit=visit).select_related("finding__hazard").order_by("id"))


def hazards_of(review: Review) -> "models.QuerySet[Hazard]":
    """What its follow-up visits found."""
    keys = Revisit.objects.filter(review=review).values("pk")
    return Hazard.objects.filter(origin=ORIGIN, origin_key__in=keys).order_by("id")


def edition(review: Review, day: date) -> tuple[Edition | None, str]:
    """That of the review's standard in force on a day (house/rulebook); of the one proposed for the unit
    where it has none any more. (None, why) where there is neither."""
    known = review.rulebook
    found = standards.on_day(known.edition.standard_id, day) if known is not None else None
    if found is not None:
        return found, ""
    proposed = standards.proposal(review.unit, review.level, day)
    return proposed.edition, proposed.reason


def candidates(review: Review, day: date) -> list[Account]:
    """Reviewers of the review unit, those of the team first: who left since can go no more."""
    team = set(
        review.plans.filter(withdrawn_at=None, members__accepted_at__isnull=False).values_list(
            "members__account", flat=True
        )
    )
    return sorted(visits.reviewers(review.body_id, day), key=lambda each: each.pk not in team)


def visitors(people: Sequence[Account]) -> list[dict[str, object]]:
    numbers = visits.numbers(each.pk for each in people)
    return [{"account": each.pk, "name": each.name, "number": numbers.get(each.pk, "")} for each in people]


def unqualified(visit: Revisit, day: date) -> list[str]:
    """Why some of those who go may not on a day, in words."""
    people = Account.objects.filter(pk__in=[each["account"] for each in visit.visitors])
    return visits.unqualified(visit.review.body_id, people, day)


def fault(visit: Revisit, account: int, day: date) -> str:
    """Why this person may not work at the visit on a day; empty where they may."""
    if all(each["account"] != account for each in visit.visitors):
        return NOT_GOING
    return "".join(visits.unqualified(visit.review.body_id, Account.objects.filter(pk=account), day))


def earlier(visit: Revisit) -> dict[str, list[Earlier]]:
    """By line of the visit's sheet, in the order found; three statements however many."""
    rows = Revisited.objects.filter(visit=visit).select_related("finding__hazard")
    found = list(rows.annotate(shown=models.Count("finding__hazard__evidence")).order_by("id"))
    scored = Answer.objects.filter(sheet__in=visit.review.plans.filter(withdrawn_at=None).values("sheet"))
    names = dict(scored.values_list("line", "recorded_by__name"))
    told: dict[str, list[Earlier]] = {}
    for row in found:
        hazard, put_right = row.finding.hazard, visit.review.rectified_on or visit.visit_on
        by = names.get(checks.line_of(row.finding), "")
        told.setdefault(row.line, []).append(checks.told(hazard, by, put_right, vars(row)["shown"]))
    return told
