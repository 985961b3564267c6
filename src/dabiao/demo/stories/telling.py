"""Every tale from its unit's first act: creation, self-assessment, application, and on to where it ends."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from dabiao.creation.states.cases import CaseState
from dabiao.demo import cases
from dabiao.demo.cast import Cast
from dabiao.demo.courses import Course, Stage
from dabiao.demo.creating import Creating
from dabiao.demo.firms import Registry
from dabiao.demo.homes import Home, settle
from dabiao.demo.stories.roster import Tale, tales
from dabiao.demo.stories.walk import Walk
from dabiao.demo.story import Story
from dabiao.grading import tasks as grading
from dabiao.reviews import tasks as reviews

FIRST: Final = 900_101  # numbers of their units: beyond those of any crowd
APPLIES, ACCEPTED = 17, 24  # working days after the self-assessment was begun
BEFORE: Final = 5  # calendar days from the forming of the leading group to the self-assessment


@dataclass
class Telling:
    story: Story
    cast: Cast
    registry: Registry

    def plan(self, founding: datetime) -> None:
        when = founding + timedelta(minutes=30)
        for place, tale in enumerate(tales()):
            self.story.plan(when, partial(self._settle, FIRST + place, tale))
        for day in (2, 0):
            self.story.plan(self.story.before(day, 9), _let_time)

    def _settle(self, number: int, tale: Tale, at: datetime) -> None:
        firm = self.registry.order(number, self.story.dice(f"firm/{number}"), tale.wanted)
        home = settle(self.story, self.cast, firm, at, hint=tale.hint)
        self._begin(home, tale)

    def _begin(self, home: Home, tale: Tale) -> None:
        walk, story = Walk(home, tale.firm, tale.path), self.story
        began = story.before(tale.rest + ACCEPTED + sum(step.days for step in tale.path), 9)
        Creating(home, began - timedelta(days=BEFORE), meets=1, whole=False).plan()
        Course(home, Stage.HANDED_IN, deducted=0.15).plan(began)
        applies = story.later(began, APPLIES, 10)
        story.plan(story.later(began, APPLIES - 1, 9), partial(cases.show, home))
        cases.Applying(home, applies, CaseState.ACCEPTED, onward=walk.on, clear=True).plan()


def many() -> int:
    """How many units they take."""
    return sum(1 for _ in tales())


def _let_time(at: datetime) -> None:
    """What time does by itself: escalates, reports up, hands on, closes what has lost its ground."""
    reviews.tick(at)
    grading.tick(at)
