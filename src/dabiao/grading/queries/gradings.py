"""Reading gradings: one for a person, those waiting, the limit that runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import models

from dabiao import law
from dabiao.base import calendars, statements
from dabiao.grading.models import Grading, Objection, Ruling
from dabiao.grading.states.gradings import AT_ORGANIZER, GradingState
from dabiao.kernel.actor import Actor
from dabiao.kernel.days import Calendar
from dabiao.kernel.errors import Absent
from dabiao.kernel.limits import LimitState, running

SHOWN = (
    *("unit__industry", "jurisdiction", "department", "district", "organizing", "locality", "body"),
    *("report__sheet", "review", "case__cycle", "case__edition__standard"),
)
RECHECK, PUBLICITY = "recheck.limit", "publicity.period"


def visible(actor: Actor, key: int) -> Grading:
    """The grading, if it exists for this person."""
    rows = Grading.objects.visible_to(actor).select_related(*SHOWN, "recheck__sheet", "papers")
    found = statements.by_key(rows, key)
    if found is None:
        raise Absent
    return found


def waiting(field: str, bodies: Sequence[int], *states: GradingState) -> "models.QuerySet[Grading]":
    """In these states at these bodies, the oldest first."""
    rows = Grading.objects.filter(**{f"{field}__in": bodies}, state__in=states)
    return rows.select_related("unit").order_by("received_at", "id")


def for_another(account: int) -> models.Exists:
    """Whether what a grading waits for was proposed by this person: another decides (house/two-people)."""
    rows = Ruling.objects.filter(grading=models.OuterRef("pk"), proposed_by=account)
    return models.Exists(rows.filter(decided_at=None, sent_back=""))


@dataclass(frozen=True, slots=True)
class Clock:
    """The limit that runs now, by which rule."""

    state: LimitState
    name: str
    clause: str


def clock(grading: Grading, day: date, calendar: Calendar | None = None) -> Clock | None:
    """The re-check's, then the publicity's; opinions have clocks of their own."""
    if grading.state in AT_ORGANIZER:
        return _clock(RECHECK, grading.received_on, day, calendar)
    if grading.state == GradingState.PUBLICISED and grading.publicised_on:
        return _clock(PUBLICITY, grading.publicised_on, day, calendar)
    return None


def _clock(name: str, started: date, day: date, calendar: Calendar | None) -> Clock:
    cited = law.on(started)[name]
    amber = law.on(day).amber(cited.limit.unit)
    state = running(cited.limit, started, (), calendar or calendars.calendar(), day, amber=amber)
    return Clock(state, name, cited.clause)


def pending(grading: Grading) -> Ruling | None:
    """The proposal that waits to be decided."""
    rows = Ruling.objects.filter(grading=grading, decided_at=None, sent_back="")
    return rows.select_related("proposed_by", "file").order_by("-id").first()


def rulings(grading: Grading) -> list[Ruling]:
    """Every proposal and decision, the latest first."""
    rows = Ruling.objects.filter(grading=grading).select_related("proposed_by", "decided_by", "file")
    return list(rows.order_by("-id"))


def open_objections(grading: Grading) -> "models.QuerySet[Objection]":
    return Objection.objects.filter(grading=grading, decided_at=None)
