"""The city recognises review units, and anew where law has ended a recognition."""

from datetime import datetime, timedelta
from functools import partial

from dabiao.base.clock import day_of
from dabiao.demo.cast import Cast
from dabiao.demo.story import Story
from dabiao.demo.words.reading import reviews as words
from dabiao.kernel.roles import Role
from dabiao.organisations.models import Body
from dabiao.organisations.services import recognitions
from dabiao.organisations.services.recognitions import Recognising

LOGINS = (str(Role.REVIEW_ADMIN), "review2_admin", "review3_admin")
LEVELS = ("level_2", "level_3", "small_micro")


def plan(story: Story, cast: Cast, founding: datetime) -> None:
    for login in LOGINS:
        for level in LEVELS:
            when = founding + timedelta(hours=3)
            story.plan(when, partial(_grant, story, cast, cast.body(login), level))


def _grant(story: Story, cast: Cast, body: Body, level: str, at: datetime) -> None:
    said = Recognising(body, None, level, day_of(at), words()["recognised"])
    by = cast.actor(str(Role.BUREAU_CITY))
    row = recognitions.grant(recognising=said, by=by, at=at)
    if row.until is not None:
        story.plan(story.at(row.until, 0, 5), partial(_grant, story, cast, body, level))
