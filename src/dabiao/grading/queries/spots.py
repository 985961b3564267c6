"""Reading draws of spot checks."""

from django.db import models

from dabiao.grading.models import SpotDraw
from dabiao.grading.models.gradings import at_bodies
from dabiao.kernel.actor import Actor
from dabiao.kernel.roles import CITY_ROLES, Role


def visible(actor: Actor) -> "models.QuerySet[SpotDraw]":
    """The organizing unit's own; the city sees all."""
    rows = SpotDraw.objects.select_related("organizing", "drawn_by").order_by("-id")
    if actor.holds(*CITY_ROLES):
        return rows
    return rows.filter(organizing__in=at_bodies(actor, Role.ORGANIZER, Role.ORGANIZER_LEAD))
