"""What is drawn from: those a department announced in a calendar year, of one level, in one jurisdiction."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from dabiao import law
from dabiao.grading.models import Certificate
from dabiao.grading.models.gradings import at_bodies
from dabiao.kernel.actor import Actor
from dabiao.kernel.roles import Role
from dabiao.organisations.models import Body, Jurisdiction
from dabiao.supervision.models import Verification
from dabiao.supervision.rules import drawing
from dabiao.supervision.states.verifications import VerificationState

SHARE, TOP_UP, DEADLINE = "verification.share", "verification.top_up", "verification.deadline"
MEANWHILE = "verification.revoked_meanwhile"
DEPARTMENTS = (Role.INDUSTRY_CITY, Role.INDUSTRY_DISTRICT)
DECEMBER = 12
BACK = 1  # of the year before it is topped up, and verified until spring


@dataclass(frozen=True, slots=True)
class Lot:
    department: Body
    jurisdiction: Jurisdiction
    year: int
    level: str

    @property
    def key(self) -> str:
        """For a form; opaque."""
        return f"{self.department.pk}-{self.jurisdiction.pk}-{self.year}-{self.level}"


@dataclass(frozen=True, slots=True)
class Tally:
    """A lot in figures, on a day."""

    lot: Lot
    announced: int
    share: int  # percent
    drawn: int
    verified: int
    top_up: date
    deadline: date

    @property
    def owed(self) -> int:
        """So many are to be drawn yet."""
        return drawing.owed(self.announced, self.share, self.drawn)


def listed(lot: Lot, day: date) -> list[Certificate]:
    """The first certificate of each enterprise, in the order announced; one revoked meanwhile too."""
    rows = Certificate.objects.filter(
        grading__department=lot.department,
        jurisdiction=lot.jurisdiction,
        level=lot.level,
        issued_on__year=lot.year,
    )
    if not law.on(day)[MEANWHILE].table["in_number"]:
        rows = rows.filter(ended_on=None)
    first: dict[int, Certificate] = {}
    for row in rows.select_related("unit").order_by("issued_on", "id"):
        first.setdefault(row.unit_id, row)
    return list(first.values())


def drawn(lot: Lot) -> "QuerySet[Verification]":
    return Verification.objects.filter(
        draw__department=lot.department,
        draw__jurisdiction=lot.jurisdiction,
        draw__year=lot.year,
        draw__level=lot.level,
    )


def tally(lot: Lot, day: date) -> Tally:
    """Counts as verified: drawn and visited (law verification.revoked_meanwhile)."""
    states = list(drawn(lot).values_list("state", flat=True))
    return Tally(
        lot,
        announced=len(listed(lot, day)),
        share=law.on(day)[SHARE].number_of(lot.level),
        drawn=len(states),
        verified=states.count(VerificationState.VERIFIED),
        top_up=last(TOP_UP, lot.year),
        deadline=last(DEADLINE, lot.year),
    )


def last(name: str, year: int) -> date:
    """A last day in the year after, by the law of the year drawn from."""
    return drawing.last_day(year, str(law.on(date(year, DECEMBER, 1))[name].value))


def of_departments(bodies: Iterable[int], day: date) -> list[Lot]:
    """Those of this year and of the last that have anybody, of levels that are verified at all."""
    rows = Certificate.objects.filter(
        grading__department__in=list(bodies),
        issued_on__year__gte=day.year - BACK,
        issued_on__year__lte=day.year,
        level__in=list(law.on(day)[SHARE].table),
    )
    found = rows.order_by().values_list("grading__department", "jurisdiction", "issued_on__year", "level")
    keys = sorted(set(found), key=lambda each: (-each[2], each[3], each[1]))
    departments = Body.objects.in_bulk({each[0] for each in keys})
    places = Jurisdiction.objects.in_bulk({each[1] for each in keys})
    return [Lot(departments[one], places[where], year, level) for one, where, year, level in keys]


def own(actor: Actor, day: date) -> list[Tally]:
    """Of the departments where this person is an officer."""
    return [tally(each, day) for each in of_departments(at_bodies(actor, *DEPARTMENTS), day)]
