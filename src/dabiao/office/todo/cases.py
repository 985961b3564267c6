"""What cases ask of the unit, of the organizing unit's desk and leader, and of those told what is overdue."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from dabiao.creation.models import Case
from dabiao.creation.queries import cases as queries
from dabiao.creation.states.cases import TITLES, CaseState
from dabiao.kernel.actor import Actor
from dabiao.kernel.days import Calendar
from dabiao.kernel.roles import UNIT_ROLES, Role
from dabiao.office.limits import shown
from dabiao.office.todo.values import NO_LIMIT, Todo

MOST = 200
TOLD = (
    *(Role.ORGANIZER_LEAD, Role.INDUSTRY_CITY, Role.INDUSTRY_DISTRICT),
    *(Role.BUREAU_CITY, Role.BUREAU_DISTRICT),
)
DESK = {CaseState.SUBMITTED: "接收或告知补正", CaseState.RECEIVED: "逐项审核"}


def todos(actor: Actor, day: date, calendar: Calendar) -> list[Todo]:
    found = [*_unit(actor), *_desk(actor), *_lead(actor), *_told(actor)]
    return [_todo(case, verb, address, day, calendar) for case, verb, address in found]


Found = Iterable[tuple[Case, str, str]]


def _unit(actor: Actor) -> Found:
    if not actor.holds(*UNIT_ROLES):
        return []
    rows = queries.open_of(actor.units)
    return [(case, verb, name) for case in rows for verb, name in [_asked(actor, case)] if verb]


def _asked(actor: Actor, case: Case) -> tuple[str, str]:
    """What this person has to do about an open case of the unit; nothing while others have it."""
    if case.state == CaseState.DRAFT and actor.at_unit(case.unit_id, Role.UNIT_PRINCIPAL):
        return "核对并提交申请", "office:case"
    if case.state == CaseState.DRAFT and actor.at_unit(case.unit_id, Role.UNIT_OFFICER):
        return "核对申报条件", "office:case_conditions"
    if case.state == CaseState.CORRECTING and actor.at_unit(case.unit_id, Role.UNIT_OFFICER):
        return "完成补正", "office:case"
    return "", ""


def _desk(actor: Actor) -> Found:
    bodies = queries.posted(actor, Role.ORGANIZER)
    rows = queries.waiting_at(bodies, *DESK)[:MOST] if bodies else []
    names = {CaseState.SUBMITTED: "office:case", CaseState.RECEIVED: "office:case_audit"}
    return [(case, DESK[CaseState(case.state)], names[CaseState(case.state)]) for case in rows]


def _lead(actor: Actor) -> Found:
    bodies = queries.posted(actor, Role.ORGANIZER_LEAD)
    if not bodies:
        return []
    rows = queries.waiting_at(bodies, CaseState.PROPOSED).exclude(queries.for_another(actor.account or 0))
    return [(case, "作出决定", "office:case") for case in rows[:MOST]]


def _told(actor: Actor) -> Found:
    """Audits that are overdue are reported up: to the leader, the department of the level, the bureau."""
    if not actor.holds(*TOLD):
        return []
    return [(case, "督促审核", "office:case") for case in queries.overdue(actor)[:MOST]]


def _todo(case: Case, verb: str, name: str, day: date, calendar: Calendar) -> Todo:
    running = queries.clock(case, day, calendar)
    return Todo(
        title=f"申报件 {case.spoken}",
        unit=case.unit.name,
        step=TITLES[CaseState(case.state)],
        verb=verb,
        url=reverse(name, args=[case.pk]),
        limit=shown(running.state, running.clause) if running else NO_LIMIT,
    )
