"""After attaining the review unit comes back: a follow-up visit, its sheet, what it comes to."""

from datetime import datetime

from dabiao.base.clock import day_of
from dabiao.demo.stories.surveying import survey
from dabiao.demo.stories.walk import Walk
from dabiao.demo.words.reading import grading as words
from dabiao.reviews.models import Revisit
from dabiao.reviews.queries import rectifications
from dabiao.reviews.services import revisiting
from dabiao.reviews.services.revisiting import Going
from dabiao.sheets.services import closing

AHEAD = 2  # working days


def arrange(walk: Walk, at: datetime) -> None:
    """For the day after the next, by the administrator of the review unit."""
    day = day_of(walk.home.story.later(at, AHEAD, 9, 30))
    revisiting.arrange(review=walk.review, told=Going(day, walk.lead), by=walk.act(walk.admin), at=at)


def look(walk: Walk, at: datetime) -> None:
    """What was put right has stayed so; both sides sign on the spot."""
    visit, by = _visit(walk), walk.act(walk.lead.login)
    survey(walk, visit.sheet, by, at)
    revisiting.close(visit=visit, remark="", by=by, at=at)
    closing.sign_sheet(sheet=visit.sheet_id, side=rectifications.UNIT, by=walk.officer, at=at)


def conclude(walk: Walk, at: datetime) -> None:
    by = walk.act(walk.lead.login)
    revisiting.conclude(visit=_visit(walk), words=words()["followed"], majors=(), by=by, at=at)


def _visit(walk: Walk) -> Revisit:
    visit = Revisit.objects.select_related("sheet__rulebook").get(review=walk.review)
    visit.review = walk.review
    return visit
