"""What is drawn from: those a department announced in a calendar year, of one level, in one jurisdiction."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

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
PLACE = ("grading__department", "jurisdiction", "issued_on__year", "level")
DRAWN_FROM = ("draw__department", "draw__jurisdiction", "draw__year", "draw__level")


@dataclass(frozen=True, slots=True)
class Lot:
    department: Body
    jurisdiction: Jurisdiction
    year: int
    level: str

    @property
    def place(self) -> "Place":
        return self.department.pk, self.jurisdiction.pk, self.year, self.level

    @property
    def key(self) -> str:
        """For a form; opaque."""
        return "-".join(str(each) for each in self.place)


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
    rows = _counted(day).filter(**dict(zip(PLACE, lot.place, strict=True)))
    first: dict[int, Certificate] = {}
    for row in rows.select_related("unit").order_by("issued_on", "id"):
        first.setdefault(row.unit_id, row)
    return list(first.values())


def _counted(day: date) -> "QuerySet[Certificate]":
    """Of levels that are verified at all."""
    rows = Certificate.objects.filter(level__in=list(law.on(day)[SHARE].table))
    return rows if law.on(day)[MEANWHILE].table["in_number"] else rows.filter(ended_on=None)


def drawn(lot: Lot) -> "QuerySet[Verification]":
    return Verification.objects.filter(**dict(zip(DRAWN_FROM, lot.place, strict=True)))


def tally(lot: Lot, day: date) -> Tally:
    """Counts as verified: drawn and visited (law verification.revoked_meanwhile)."""
    states = list(drawn(lot).values_list("state", flat=True))
    verified = states.count(VerificationState.VERIFIED)
    return _tally(lot, day, len(listed(lot, day)), len(states), verified)


def _tally(lot: Lot, day: date, announced: int, drawn_: int, verified: int) -> Tally:
    share = law.on(day)[SHARE].number_of(lot.level)
    days = {"top_up": last(TOP_UP, lot.year), "deadline": last(DEADLINE, lot.year)}
    return Tally(lot, announced, share, drawn_, verified, **days)


def last(name: str, year: int) -> date:
    """A last day in the year after, by the law of the year drawn from."""
    return drawing.last_day(year, str(law.on(date(year, DECEMBER, 1))[name].value))


def tallies(bodies: Collection[int], day: date) -> list[Tally]:
    """Of this year and of the last, the newest first; four queries, however many lots."""
    if not bodies:
        return []
    rows = _counted(day).filter(
        grading__department__in=bodies, issued_on__year__gte=day.year - BACK, issued_on__year__lte=day.year
    )
    counted = rows.order_by().values_list(*PLACE).annotate(n=Count("unit", distinct=True))
    announced = {(one, where, year, level): n for one, where, year, level, n in counted}
    found, had = _lots(list(announced)), _drawn(bodies)
    return [
        _tally(lot, day, announced[place], sum(had[place].values()), had[place][VerificationState.VERIFIED])
        for place, lot in found.items()
    ]


Place = tuple[int, int, int, str]


def _lots(places: Sequence[Place]) -> dict[Place, Lot]:
    departments = Body.objects.in_bulk({each[0] for each in places})
    there = Jurisdiction.objects.in_bulk({each[1] for each in places})
    order = sorted(places, key=lambda each: (-each[2], each[3], there[each[1]].place, each[1]))
    return {each: Lot(departments[each[0]], there[each[1]], each[2], each[3]) for each in order}


def _drawn(bodies: Collection[int]) -> defaultdict[Place, Counter[str]]:
    rows = Verification.objects.filter(draw__department__in=bodies).order_by()
    found: defaultdict[Place, Counter[str]] = defaultdict(Counter)
    for one, where, year, level, state, n in rows.values_list(*DRAWN_FROM, "state").annotate(n=Count("pk")):
        found[(one, where, year, level)][state] = n
    return found


def own(actor: Actor, day: date) -> list[Tally]:
    """Of the departments where this person is an officer."""
    return tallies(at_bodies(actor, *DEPARTMENTS), day)
