"""The team comes back to see what was put right: a rectification check, its sheet, what follows from it."""

from datetime import datetime

from dabiao.base.clock import day_of
from dabiao.demo.stories.surveying import survey
from dabiao.demo.stories.walk import Walk
from dabiao.reviews.models import Check
from dabiao.reviews.queries import checks as queries
from dabiao.reviews.queries import rectifications
from dabiao.reviews.services import checks
from dabiao.reviews.services.checks import Going
from dabiao.sheets.services import closing

AHEAD = 2  # working days


def arrange(walk: Walk, at: datetime) -> None:
    """For the day after the next, of all that waits."""
    review, day = walk.review, day_of(walk.home.story.later(at, AHEAD, 9, 30))
    going = Going(day, walk.lead, (), queries.coverable(review))
    checks.begin(review=review, told=going, by=walk.act(walk.lead.login), at=at)


def look(walk: Walk, at: datetime) -> None:
    """Everything is as it should be; both sides sign on the spot."""
    check, by = _check(walk), walk.act(walk.lead.login)
    survey(walk, check.sheet, by, at)
    checks.close(check=check, remark="", by=by, at=at)
    closing.sign_sheet(sheet=check.sheet_id, side=rectifications.UNIT, by=walk.officer, at=at)


def conclude(walk: Walk, at: datetime) -> None:
    checks.conclude(check=_check(walk), by=walk.act(walk.lead.login), at=at)


def _check(walk: Walk) -> Check:
    check = Check.objects.select_related("sheet__rulebook", "submission").get(review=walk.review)
    check.review = walk.review
    return check
