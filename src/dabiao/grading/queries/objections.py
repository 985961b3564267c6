"""Reading objections: by receipt for the sender, those that wait, how their limit stands."""

from datetime import date

from django.db import models

from dabiao import law
from dabiao.base import calendars
from dabiao.grading.models import Objection
from dabiao.kernel.actor import Actor
from dabiao.kernel.days import Calendar
from dabiao.kernel.errors import Absent
from dabiao.kernel.limits import LimitState, running

LIMIT = "objection.limit"
READ = ("grading__unit", "grading__case__cycle", "grading__organizing", "decider")


def by_receipt(receipt: str) -> Objection | None:
    """Whoever holds the receipt may see what became of it."""
    rows = Objection.objects.select_related("grading__unit", "decider")
    return rows.filter(receipt=receipt.strip().upper()).first()


def visible(actor: Actor, key: int) -> Objection:
    found = Objection.objects.visible_to(actor).select_related(*READ).filter(pk=key).first()
    if found is None:
        raise Absent
    return found


def waiting(actor: Actor) -> "models.QuerySet[Objection]":
    """Not answered yet, the oldest first."""
    rows = Objection.objects.visible_to(actor).filter(decided_at=None)
    return rows.select_related("grading__unit", "decider").order_by("received_at", "id")


def clock(objection: Objection, day: date, calendar: Calendar | None = None) -> LimitState:
    """The limit for answering."""
    cited = law.on(objection.received_on)[LIMIT]
    amber = law.on(day).amber(cited.limit.unit)
    held = calendar or calendars.calendar()
    return running(cited.limit, objection.received_on, (), held, day, amber=amber)
