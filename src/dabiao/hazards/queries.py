"""Reading findings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import models

from dabiao.hazards.models import Demand, Handover, Hazard, RiskLevel, RiskPoint, Screening
from dabiao.hazards.rules.handovers import Candidate, right_one
from dabiao.hazards.states import HazardState
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Absent
from dabiao.organisations.models import Body, BodyKind, Unit


def visible(actor: Actor, key: int) -> Hazard:
    """The finding, if it exists for this person."""
    found = Hazard.objects.visible_to(actor).select_related("unit", "recurs", "risk").filter(pk=key).first()
    if found is None:
        raise Absent
    return found


def visible_demand(actor: Actor, key: int) -> Demand:
    """A demand the person's own unit tracks."""
    found = Demand.objects.filter(unit__in=actor.units, pk=key).first()
    if found is None:
        raise Absent
    return found


def waiting(unit_ids: Sequence[int]) -> "models.QuerySet[Hazard]":
    """Findings of these units not closed yet, the most urgent first."""
    rows = Hazard.objects.filter(unit__in=unit_ids).exclude(state=HazardState.CLOSED)
    return rows.select_related("unit").order_by(models.F("due").asc(nulls_last=True), "id")


def risks(unit: int) -> "models.QuerySet[RiskPoint]":
    """The register as it stands: the gravest first."""
    order = [models.When(level=level.value, then=models.Value(n)) for n, level in enumerate(RiskLevel)]
    rows = RiskPoint.objects.filter(unit=unit, removed_on=None)
    return rows.order_by(models.Case(*order, default=models.Value(9)), "place", "id")


def visible_risk(actor: Actor, key: int) -> RiskPoint:
    """A risk point of the person's own unit."""
    found = RiskPoint.objects.filter(unit__in=actor.units, pk=key).select_related("unit").first()
    if found is None:
        raise Absent
    return found


@dataclass(frozen=True, slots=True)
class Register:
    """The register and the screenings in figures, on a day."""

    levels: dict[str, int]  # level -> how many points
    review_due: int  # points whose review day has passed
    next_review: date | None
    screened_on: date | None
    screenings: int
    open: int
    open_major: int

    @property
    def points(self) -> int:
        return sum(self.levels.values())


def register(unit: int, day: date) -> Register:
    """Three queries, whatever the size."""
    rows = RiskPoint.objects.filter(unit=unit, removed_on=None).order_by()
    sums = rows.values("level").annotate(
        n=models.Count("pk"),
        due=models.Count("pk", filter=models.Q(review_on__lt=day)),
        first=models.Min("review_on"),
    )
    told = {each["level"]: each for each in sums}
    screened = Screening.objects.filter(unit=unit, screened_on__lte=day).order_by()
    seen = screened.aggregate(last=models.Max("screened_on"), n=models.Count("pk"))
    waits = (
        waiting([unit])
        .order_by()
        .aggregate(n=models.Count("pk"), major=models.Count("pk", filter=models.Q(major=True)))
    )
    return Register(
        levels={level.value: told[level.value]["n"] for level in RiskLevel if level.value in told},
        review_due=sum(each["due"] for each in told.values()),
        next_review=min((each["first"] for each in told.values()), default=None),
        screened_on=seen["last"],
        screenings=seen["n"],
        open=waits["n"],
        open_major=waits["major"],
    )


def screenings(unit: int) -> "models.QuerySet[Screening]":
    return Screening.objects.filter(unit=unit)


def enforcement_for(unit: Unit, category: str) -> Body | None:
    """The enforcement body for a category in the unit's district, else the city's."""
    near = models.Q(jurisdiction=unit.jurisdiction_id) | models.Q(jurisdiction=None)
    rows = Body.objects.filter(near, kind=BodyKind.ENFORCEMENT, until=None)
    bodies = {row.pk: row for row in rows}
    found = right_one(
        category, [Candidate(k, b.name, b.jurisdiction_id is not None) for k, b in bodies.items()]
    )
    return bodies[found] if found is not None else None


def visible_handover(actor: Actor, key: int) -> Handover:
    """The hand-over, if it exists for this person."""
    rows = Handover.objects.visible_to(actor).select_related(
        "hazard__unit", "to__parent", "sender", "escalated_to"
    )
    found = rows.filter(pk=key).first()
    if found is None:
        raise Absent
    return found


def handovers_waiting(bodies: Sequence[int]) -> "models.QuerySet[Handover]":
    """Not answered yet, of these bodies; the oldest first."""
    rows = Handover.objects.filter(
        models.Q(to__in=bodies) | models.Q(escalated_to__in=bodies), answered_at=None
    )
    return rows.select_related("hazard__unit").order_by("due", "id")
