"""The initial visit: the gate is passed, or held until what is grave was put right."""

from datetime import datetime

from dabiao.base.clock import day_of
from dabiao.demo.stories.surveying import survey
from dabiao.demo.stories.walk import Walk
from dabiao.demo.words.reading import reviews as words
from dabiao.hazards.models import Handover
from dabiao.hazards.rules.handovers import GENERAL
from dabiao.hazards.services import handovers
from dabiao.kernel.actor import Actor
from dabiao.kernel.roles import Role
from dabiao.reviews.models import InitialVisit
from dabiao.reviews.queries import visits as queries
from dabiao.reviews.services import visiting
from dabiao.reviews.services.visiting import Serious


def begin(walk: Walk, at: datetime) -> None:
    lead, by = walk.lead, walk.act(walk.admin)
    visiting.begin(review=walk.review, visit_on=day_of(at), lead=lead, visitors=[lead], by=by, at=at)


def half(walk: Walk, at: datetime) -> None:
    """Still on the spot: half of it is seen."""
    survey(walk, _visit(walk).sheet, _lead(walk), at, share=0.5)


def clear(walk: Walk, at: datetime) -> None:
    """Everything is as it should be."""
    _close(walk, at, "clear", [])


def hold(walk: Walk, at: datetime) -> None:
    """Everything is as it should be but for one thing, and that is grave."""
    _close(walk, at, "hold", [Serious(words()["grave"], major=True, category=GENERAL)])


def take_note(walk: Walk, at: datetime) -> None:
    """The district's department has what was reported to it, and says what it will do."""
    handover = _reported(walk)
    by = walk.act(str(Role.INDUSTRY_DISTRICT))
    handovers.acknowledge(handover=handover, version=handover.version, by=by, at=at)
    handover = _reported(walk)
    handovers.answer(handover=handover, words=words()["followed"], version=handover.version, by=by, at=at)


def _reported(walk: Walk) -> Handover:
    rows = Handover.objects.filter(hazard__in=queries.hazards_of(walk.review), kind="report")
    return rows.select_related("hazard__unit", "to", "sender").get()


def _close(walk: Walk, at: datetime, outcome: str, serious: list[Serious]) -> None:
    by, visit = _lead(walk), _visit(walk)
    survey(walk, visit.sheet, by, at)
    visiting.close(visit=visit, outcome=outcome, words=words()[outcome], serious=serious, by=by, at=at)


def _visit(walk: Walk) -> InitialVisit:
    rows = InitialVisit.objects.select_related("sheet__rulebook")
    visit = rows.filter(review=walk.review).latest("id")
    visit.review = walk.review
    return visit


def _lead(walk: Walk) -> Actor:
    return walk.act(walk.lead.login)
