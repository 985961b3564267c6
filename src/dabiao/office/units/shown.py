"""What the page of a unit shows: facts, flags, sites, what it works on, what is open, what happened."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from dabiao.base import calendars
from dabiao.base.journal.entries import chain_of
from dabiao.creation.models import Case, SelfAssessment
from dabiao.creation.queries import assessments as creation
from dabiao.creation.states.cases import TITLES, CaseState
from dabiao.hazards.models import Hazard
from dabiao.hazards.states import HazardState
from dabiao.kernel.actor import Actor
from dabiao.law import clause_text, clause_title
from dabiao.office import history, todo
from dabiao.office.limits import shown
from dabiao.office.standing.shown import shown as fact_shown
from dabiao.organisations import permissions
from dabiao.organisations.models import AreaDuty, Body, Unit
from dabiao.organisations.queries.ground import running
from dabiao.standards.queries import listed
from dabiao.standards.rules.choice import LEVELS
from dabiao.standing import queries as standing

MOST = 20
MOST_FACTS = 8
YEARLY = "uplift/19"


@dataclass(frozen=True, slots=True)
class Flag:
    """A special area with why it counts."""

    title: str
    clause: str
    text: str


def context(actor: Actor, unit: Unit, day: date) -> dict[str, Any]:
    """Everything for the page; a constant number of queries."""
    assessments = list(_assessments(actor, unit)[:MOST])
    waiting = _open(actor, unit)
    calendar = calendars.calendar()
    yearly = creation.yearly(unit.pk, day, calendar)
    return {
        "unit": unit,
        "standing": [fact_shown(fact, day) for fact in standing.latest(actor, unit.pk, MOST_FACTS)],
        "flags": flags(unit, day),
        "sites": list(unit.sites.all()),
        "area_duties": _area_duties(unit, day),
        "assessments": assessments,
        "cases": [(case, TITLES[CaseState(case.state)]) for case in _cases(actor, unit)[:MOST]],
        "levels": LEVELS,
        "yearly": shown(yearly.limit, YEARLY) if yearly else None,
        "hazards": [(row, todo.due_shown(row.due, day, calendar)) for row in waiting[:MOST]],
        "hazard_count": waiting.count(),
        "history": history.of_chains([chain_of(unit), *(chain_of(row) for row in assessments)])[:60],
        "may_change": permissions.may_change(actor, unit),
    }


def flags(unit: Unit, day: date) -> list[Flag]:
    known = listed.areas(day)
    there = [known[area] for area in unit.areas if area in known]
    return [Flag(each.title, clause_title(each.clause), clause_text(each.clause)) for each in there]


def _assessments(actor: Actor, unit: Unit) -> Any:
    rows = SelfAssessment.objects.visible_to(actor).filter(unit=unit)
    return rows.select_related("sheet").order_by("-started_at", "-id")


def _cases(actor: Actor, unit: Unit) -> Any:
    return Case.objects.visible_to(actor).filter(unit=unit).order_by("-id")


def _open(actor: Actor, unit: Unit) -> Any:
    rows = Hazard.objects.visible_to(actor).filter(unit=unit).exclude(state=HazardState.CLOSED)
    return rows.order_by("due", "id")


@dataclass(frozen=True, slots=True)
class AreaDepartment:
    """Who answers for a special area of the unit besides its own department."""

    title: str
    department: Body


def _area_duties(unit: Unit, day: date) -> list[AreaDepartment]:
    rows = AreaDuty.objects.filter(running(day), area__in=unit.areas).select_related("department")
    titles = {key: each.title for key, each in listed.areas(day).items()}
    return [AreaDepartment(titles.get(row.area, row.area), row.department) for row in rows.order_by("pk")]
