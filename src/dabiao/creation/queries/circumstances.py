"""What a unit's conditions are judged by on a day: its standing and its creation work, as plain values."""

from datetime import date

from dabiao.creation.queries import assessments, facts
from dabiao.creation.queries.principals import principals
from dabiao.creation.rules.conditions import Circumstances, Work
from dabiao.hazards import queries as hazards
from dabiao.organisations.models import Unit
from dabiao.standing import queries as standing


def of_unit(unit: Unit, level: str, day: date, applied_on: date | None = None) -> Circumstances:
    """A constant number of queries, whatever is known."""
    return Circumstances(
        level=level,
        areas=tuple(unit.areas),
        applied_on=applied_on,
        facts=standing.facts(unit.pk, day),
        work=work(unit, day),
    )


def work(unit: Unit, day: date) -> Work:
    """What several topics rest on, principals and the last report, is read once."""
    known, last = principals(unit, day), assessments.last_report(unit.pk, day)
    group, team = facts.group(unit.pk, day, known), facts.assessors(unit.pk, day)
    letter, report = facts.commitment(unit.pk, day, known), facts.reported(last)
    hazard = facts.screened(hazards.register(unit.pk, day), last)
    stands = letter.in_force and letter.by_principal
    return Work(
        group_formed=_iso(group.formed_on),
        group_head=group.head,
        group_by_principal=group.headed_by_principal,
        group_overdue=group.overdue,
        assessors=team.members,
        trained=team.trained,
        commitment=letter.number if stands else "",
        commitment_by=letter.signed_by if stands else "",
        commitment_on=_iso(letter.signed_on) if stands else "",
        report=report.number,
        report_on=_iso(report.handed_in_on),
        report_level=report.level,
        report_score=report.score,
        report_vetoes=report.vetoes,
        screened_on=_iso(hazard.screened_on),
        open_major=hazard.open_major,
        risk_points=hazard.risk_points,
        risk_reviews_due=hazard.reviews_due,
    )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
