"""Where a sheet goes on once it is filled: the subject above closes it."""

from dataclasses import dataclass

from django.urls import reverse

from dabiao.creation.models import SelfAssessment
from dabiao.creation.states.assessments import FINAL
from dabiao.kernel.actor import Actor
from dabiao.reviews.models import Check, Plan, Review
from dabiao.reviews.states.checks import CheckState
from dabiao.reviews.states.reviews import ReviewState
from dabiao.sheets.models import Sheet
from dabiao.sheets.rules.occasions import Occasion


@dataclass(frozen=True, slots=True)
class Goes:
    """`number` and `title` name the thing the sheet belongs to; `waits`: the person's side has to act yet."""

    url: str = ""
    number: str = ""
    title: str = ""
    waits: bool = False


def goes_on(actor: Actor, sheet: Sheet) -> Goes:
    """Nowhere where the thing above is out of this person's sight."""
    if sheet.occasion == Occasion.ONSITE_REVIEW:
        return _review(actor, sheet)
    if sheet.occasion == Occasion.RECTIFICATION_CHECK:
        return _check(actor, sheet)
    if sheet.occasion != Occasion.SELF_ASSESSMENT:
        return Goes()
    row = SelfAssessment.objects.visible_to(actor).filter(sheet=sheet).first()
    if row is None:
        return Goes()
    waits = row.unit_id in actor.units and row.state not in FINAL
    return Goes(reverse("office:self_assessment", args=[row.pk]), row.number, row.title, waits)


def _review(actor: Actor, sheet: Sheet) -> Goes:
    seen = Review.objects.visible_to(actor).values("pk")
    row = Plan.objects.filter(sheet=sheet, review__in=seen).select_related("review").first()
    if row is None:
        return Goes()
    review = row.review
    waits = review.state == ReviewState.REVIEWING and row.leader_id == actor.account
    return Goes(reverse("office:review_work", args=[review.pk]), review.spoken, "现场评审", waits)


def _check(actor: Actor, sheet: Sheet) -> Goes:
    seen = Review.objects.visible_to(actor).values("pk")
    row = Check.objects.filter(sheet=sheet, review__in=seen).select_related("review").first()
    if row is None:
        return Goes()
    waits = row.state == CheckState.OPEN and row.lead_id == actor.account
    number = f"{row.review.spoken}-{row.turn}"
    return Goes(reverse("office:review_work", args=[row.review_id]), number, "整改确认", waits)
