"""Plain facts of a unit's creation work, as audits ask them: one frozen value a topic, on a day."""

from dataclasses import dataclass
from datetime import date, timedelta

from dabiao.base import clock
from dabiao.base.clock import day_of
from dabiao.creation.models.assessments import SelfAssessment
from dabiao.creation.models.commitments import Commitment
from dabiao.creation.models.groups import Place
from dabiao.creation.queries import assessments, groups
from dabiao.creation.queries import assessors as teams
from dabiao.creation.queries.principals import principals
from dabiao.creation.rules.heads import Principals
from dabiao.hazards import queries as hazards


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """The leading group (uplift/17). `overdue`: half-years that passed without their meeting."""

    formed_on: date | None = None
    head: str = ""
    headed_by_principal: bool = False
    overdue: tuple[str, ...] = ()

    @property
    def formed(self) -> bool:
        return self.formed_on is not None


@dataclass(frozen=True, slots=True)
class AssessorFacts:
    """The self-assessors (uplift/18). `trained`: how many hold a training record valid on the day."""

    members: int = 0
    trained: int = 0


@dataclass(frozen=True, slots=True)
class CommitmentFacts:
    """The commitment letter in force (uplift/16); nothing in it where there is none."""

    number: str = ""
    signed_by: str = ""
    signed_on: date | None = None
    by_principal: bool = False  # the signer is principal of the unit still

    @property
    def in_force(self) -> bool:
        return self.signed_on is not None


@dataclass(frozen=True, slots=True)
class SelfAssessmentFacts:
    """The last self-assessment report handed in (uplift/19): the level asked for, the sheet's result."""

    key: int | None = None
    number: str = ""
    handed_in_on: date | None = None
    level: str = ""
    score: str = ""
    result: str = ""
    vetoes: int = 0

    @property
    def handed_in(self) -> bool:
        return self.handed_in_on is not None


@dataclass(frozen=True, slots=True)
class HazardFacts:
    """Hazards: when last screened, and what is still open (quality-2015/8)."""

    screened_on: date | None = None
    open: int = 0
    open_major: int = 0
    risk_points: int = 0
    reviews_due: int = 0


def group(unit: int, day: date, known: Principals | None = None) -> GroupFacts:
    """Of the group formed by that day; the head counts as principal if `known` as such on the day."""
    row = groups.formed(unit)
    if row is None or row.formed_on > day:
        return GroupFacts()
    head = next((each for each in groups.members_on(row, day) if each.place == Place.HEAD), None)
    overdue = tuple(span.title for span in groups.meetings_of(row, day).overdue)
    known = known or principals(row.unit, day)
    heads = head is not None and known.include(head.name, head.account_id)
    return GroupFacts(row.formed_on, head.name if head else "", heads, overdue)


def assessors(unit: int, day: date) -> AssessorFacts:
    return AssessorFacts(*teams.counted(unit, day))


def commitment(unit: int, day: date, known: Principals | None = None) -> CommitmentFacts:
    """Of the letter in force on the day, `known` who its principals are."""
    rows = Commitment.objects.filter(unit=unit, signed_at__lt=clock.start_of(day + timedelta(days=1)))
    row = rows.exclude(ended_on__lte=day).order_by("-id").first()
    if row is None:
        return CommitmentFacts()
    stands = (known or principals(row.unit, day)).posted_as(row.account_id)
    return CommitmentFacts(row.number, row.signer, day_of(row.signed_at), stands)


def self_assessment(unit: int, day: date) -> SelfAssessmentFacts:
    """Of the last report handed in by that day."""
    return reported(assessments.last_report(unit, day))


def reported(last: SelfAssessment | None) -> SelfAssessmentFacts:
    if last is None or last.handed_in_at is None:
        return SelfAssessmentFacts()
    result = last.sheet.result or {}
    return SelfAssessmentFacts(
        key=last.pk,
        number=last.number,
        handed_in_on=day_of(last.handed_in_at),
        level=last.level,
        score=str(result.get("score", "")),
        result=result.get("level") or "",
        vetoes=len(result.get("vetoes", ())),
    )


def hazard(unit: int, day: date) -> HazardFacts:
    """Screenings recorded, and self-assessments handed in, which are screenings too."""
    return screened(hazards.register(unit, day), assessments.last_report(unit, day))


def screened(register: hazards.Register, last: SelfAssessment | None) -> HazardFacts:
    assessed = day_of(last.handed_in_at) if last and last.handed_in_at else None
    days = [each for each in (register.screened_on, assessed) if each is not None]
    last_day, points = max(days, default=None), register.points
    return HazardFacts(last_day, register.open, register.open_major, points, register.review_due)
