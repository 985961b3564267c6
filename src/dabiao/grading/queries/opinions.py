"""Reading opinions: one for a person, those that wait for somebody, what daily supervision knows."""

from datetime import date

from django.db import models

from dabiao.grading.models import Grading, Opinion
from dabiao.grading.models.gradings import at_bodies
from dabiao.grading.states.gradings import RUNNING
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Absent
from dabiao.kernel.roles import Role
from dabiao.people.models import Posting
from dabiao.standing import queries as standing
from dabiao.standing.rules.facts import Known

GIVING = (Role.LOCALITY, Role.INDUSTRY_DISTRICT, Role.INDUSTRY_CITY, Role.BUREAU_CITY)
READ = ("grading__unit__industry", "grading__case__cycle", "grading__review", "body", "above", "given_by")


def visible(actor: Actor, key: int) -> Opinion:
    """One of a grading this person sees."""
    seen = Grading.objects.visible_to(actor).values("pk")
    found = Opinion.objects.filter(grading__in=seen, pk=key).select_related(*READ).first()
    if found is None:
        raise Absent
    return found


def waiting(actor: Actor) -> "models.QuerySet[Opinion]":
    """Not given yet: asked of this person's body, gone up to it, or theirs by appointment."""
    bodies = at_bodies(actor, *GIVING)
    mine = models.Q(body__in=bodies) | models.Q(above__in=bodies) | models.Q(appointed=actor.account)
    rows = Opinion.objects.filter(mine, given_at=None, grading__state__in=sorted(RUNNING))
    return rows.select_related("grading__unit", "body").order_by("due", "id")


def appointable(opinion: Opinion, day: date) -> list[tuple[int, str]]:
    """Whom the level above may name: its own people, and those of the body that was asked."""
    rows = Posting.objects.in_force(day).filter(body__in=[opinion.body_id, opinion.above_id], role__in=GIVING)
    rows = rows.select_related("account", "body").order_by("body", "id")
    return [(row.account_id, f"{row.account.name}（{row.body.name}）") for row in rows if row.body]


def supervised(opinion: Opinion, day: date) -> list[Known]:
    """What standing knows against the unit today, for whoever has to speak about it."""
    facts = standing.facts(opinion.grading.unit_id, day)
    return [fact for fact in facts if fact.kind in ADVERSE]


ADVERSE = (
    *("accident", "social_influence", "joint_punishment", "dishonesty", "hard_refusal"),
    *("enforcement_result", "false_commitment", "revocation", "grading_refused_notice"),
)
