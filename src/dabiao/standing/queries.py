"""Reading what is known about somebody."""

from datetime import date

from django.db import models

from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Absent
from dabiao.kernel.roles import Role
from dabiao.organisations.models import Unit
from dabiao.standing.models import Fact
from dabiao.standing.rules.facts import Known


def facts(unit: int, day: date) -> tuple[Known, ...]:
    """All that is known of a unit and began by that day, also what has ended; one query."""
    rows = Fact.objects.standing().filter(unit=unit, since__lte=day).order_by("since", "id")
    return tuple(row.known for row in rows)


def of_unit(actor: Actor, unit: int) -> "models.QuerySet[Fact]":
    """What this person may read of a unit, newest first, with what was corrected."""
    return _told(Fact.objects.visible_to(actor).filter(unit=unit))


def of_body(actor: Actor, body: int) -> "models.QuerySet[Fact]":
    """What this person may read of a body, newest first, with what was corrected."""
    return _told(Fact.objects.visible_to(actor).filter(body=body))


def of_person(actor: Actor, account: int | None) -> "models.QuerySet[Fact]":
    """What this person may read of somebody, newest first, with what was corrected."""
    return _told(Fact.objects.visible_to(actor).filter(person__isnull=False, person=account))


def _told(rows: "models.QuerySet[Fact]") -> "models.QuerySet[Fact]":
    return rows.select_related("file", "recorded_for", "recorded_by", "corrects").order_by("-since", "-id")


def latest(actor: Actor, unit: int, most: int) -> list[Fact]:
    """The last few that still stand."""
    return list(of_unit(actor, unit).filter(corrected_at=None)[:most])


def visible(actor: Actor, key: int) -> Fact:
    """The fact, if it exists for this person."""
    rows = Fact.objects.visible_to(actor).select_related("unit", "file", "recorded_for", "recorded_by")
    found = rows.filter(pk=key).first()
    if found is None:
        raise Absent
    return found


def recordable(actor: Actor, code: str) -> Unit | None:
    """The unit of that very code or name, where this person may come to record something about it.

    Enforcement has no directory of units: it names the one it has before it.
    """
    code = code.strip()
    named = models.Q(uscc=code.upper()) | models.Q(name=code)
    seen = Unit.objects.visible_to(actor)
    if actor.holds(Role.ENFORCEMENT):
        seen = Unit.objects.all() if _citywide(actor) else seen | _enforced(actor)
    return seen.filter(named).order_by("pk").first() if code else None


def _citywide(actor: Actor) -> bool:
    return any(post.role == Role.ENFORCEMENT and post.jurisdiction is None for post in actor.posts)


def _enforced(actor: Actor) -> "models.QuerySet[Unit]":
    return Unit.objects.filter(jurisdiction__in=actor.jurisdictions(Role.ENFORCEMENT))
