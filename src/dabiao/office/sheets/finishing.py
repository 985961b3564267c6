"""Where a sheet goes on once it is filled: the subject above closes it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from django.urls import reverse

from dabiao.creation.models import SelfAssessment
from dabiao.creation.states.assessments import FINAL
from dabiao.grading.models import Grading, Recheck
from dabiao.kernel.actor import Actor
from dabiao.reviews.models import Check, InitialVisit, Plan, Review, Revisit
from dabiao.reviews.states.checks import CheckState
from dabiao.reviews.states.followups import RevisitState
from dabiao.reviews.states.reviews import ReviewState
from dabiao.sheets.models import Sheet
from dabiao.sheets.rules.occasions import Occasion
from dabiao.supervision.models import Verification, VerifyingVisit
from dabiao.supervision.states.verifications import VisitState

Visit = TypeVar("Visit", Check, Revisit)


@dataclass(frozen=True, slots=True)
class Goes:
    """`number` and `title` name the thing the sheet belongs to; `waits`: the person's side has to act yet."""

    url: str = ""
    number: str = ""
    title: str = ""
    waits: bool = False


def goes_on(actor: Actor, sheet: Sheet) -> Goes:
    """Nowhere where the thing above is out of this person's sight."""
    found = ABOVE.get(sheet.occasion)
    return found(actor, sheet) if found else Goes()


def _assessment(actor: Actor, sheet: Sheet) -> Goes:
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
    return _led(actor, _of(Check, actor, sheet), "office:review_work", "整改确认", CheckState.OPEN)


def _revisit(actor: Actor, sheet: Sheet) -> Goes:
    return _led(actor, _of(Revisit, actor, sheet), "office:follow_up", "达标后回访", RevisitState.OPEN)


def _of(model: type[Visit], actor: Actor, sheet: Sheet) -> Visit | None:
    seen = Review.objects.visible_to(actor).values("pk")
    rows = model._default_manager.filter(sheet=sheet, review__in=seen)
    return rows.select_related("review").first()


def _led(actor: Actor, row: Check | Revisit | None, page: str, title: str, open_: str) -> Goes:
    """A visit that its lead concludes."""
    if row is None:
        return Goes()
    waits = row.state == open_ and row.lead_id == actor.account
    return Goes(reverse(page, args=[row.review_id]), f"{row.review.spoken}-{row.turn}", title, waits)


def _initial(actor: Actor, sheet: Sheet) -> Goes:
    seen = Review.objects.visible_to(actor).values("pk")
    row = InitialVisit.objects.filter(sheet=sheet, review__in=seen).first()
    if row is None:
        return Goes()
    waits = not row.outcome and row.lead_id == actor.account
    return Goes(reverse("office:review", args=[row.review_id]), "", "初访现场核验", waits)


def _recheck(actor: Actor, sheet: Sheet) -> Goes:
    seen = Grading.objects.visible_to(actor).values("pk")
    row = Recheck.objects.filter(sheet=sheet, grading__in=seen).first()
    if row is None:
        return Goes()
    waits = row.finished_at is None and row.leader_id == actor.account
    return Goes(reverse("office:grading", args=[row.grading_id]), "", "现场复核", waits)


def _verification(actor: Actor, sheet: Sheet) -> Goes:
    seen = Verification.objects.visible_to(actor).values("pk")
    rows = VerifyingVisit.objects.filter(sheet=sheet, verification__in=seen)
    row = rows.select_related("verification").first()
    if row is None:
        return Goes()
    waits = row.state == VisitState.OPEN and row.lead_id == actor.account
    url = reverse("office:verification", args=[row.verification_id])
    return Goes(url, row.verification.spoken, "核查", waits)


ABOVE: Final[Mapping[str, Callable[[Actor, Sheet], Goes]]] = {
    Occasion.SELF_ASSESSMENT: _assessment,
    Occasion.INITIAL_VISIT: _initial,
    Occasion.ONSITE_REVIEW: _review,
    Occasion.RECTIFICATION_CHECK: _check,
    Occasion.RECHECK: _recheck,
    Occasion.FOLLOW_UP_VISIT: _revisit,
    Occasion.VERIFICATION: _verification,
}
