"""Which level a unit holds on a day: its certificate in force says so."""

from datetime import date

from django.db.models import Q, QuerySet

from dabiao.grading.models import Certificate
from dabiao.reviews.models import FollowUp, Revisit
from dabiao.reviews.queries import followups


def in_force(day: date) -> QuerySet[Certificate]:
    """From the announcement to the last day, unless it was ended before."""
    whole = Q(ended_on__isnull=True) | Q(ended_on__gt=day)
    return Certificate.objects.filter(whole, issued_on__lte=day, last_on__gte=day)


def holders(level: str, day: date) -> QuerySet[Certificate, int]:
    """Keys of the units that hold this level."""
    return in_force(day).filter(level=level).order_by().values_list("unit_id", flat=True)


def levels(day: date, units: list[int] | None = None) -> dict[int, str]:
    """Level by unit, of these or of all; of two in force the later announced."""
    rows = in_force(day).order_by("issued_on", "id")
    if units is not None:
        rows = rows.filter(unit__in=units)
    return dict(rows.values_list("unit_id", "level"))


def unfollowed(day: date) -> QuerySet[Certificate]:
    """In force, and no follow-up put down for the review that led to it: announced before there were any."""
    rows = in_force(day).filter(grading__review__follow_up=None)
    return rows.select_related("grading__review").order_by("id")


def outlived(day: date) -> QuerySet[FollowUp]:
    """Owed still, though the certificate of the review holds no more."""
    held = in_force(day).values("grading__review")
    return followups.owed().filter(announced_on__lte=day).exclude(review__in=held)


def pointless(day: date) -> QuerySet[Revisit]:
    """Under way beyond those owed, though the certificate of the review holds no more."""
    held = in_force(day).values("grading__review")
    return followups.beyond().exclude(review__in=held)
