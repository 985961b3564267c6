"""Which unit does what: the main unit's own story, and a round of plots for the others."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from dabiao.demo import cases, creating
from dabiao.demo.cast import Cast
from dabiao.demo.courses import Course, Stage
from dabiao.demo.firms import HOME, Registry
from dabiao.demo.homes import Home, settle
from dabiao.demo.righting import LAST_YEAR, LATELY, LONG_AGO, Demands, Fate, Righting
from dabiao.demo.story import Story

CORE = 30  # units with a story of their own, at scale 1 and above
RIGHTED_AFTER = 9  # working days from the start of a self-assessment: it is signed by then
# Found in every self-assessment of units with a past, so that it recurs.
FAILING = frozenset({"12.1.1", "5.1"})  # the campaign on electricity: a hard refusal
RECURRING = frozenset({"9.2.2", "12.2.3", "13.2.4", "5.3", "6.3"})


def _none(home: Home) -> None:
    """Registered, nothing begun."""


def _begun(home: Home) -> None:
    Course(home, Stage.BEGUN, split=True).plan(home.story.ago(2, 14))


def _filling(home: Home) -> None:
    share = home.story.dice(f"share/{home.firm.number}").uniform(0.25, 0.8)
    Course(home, Stage.FILLING, share=share, split=True).plan(home.story.ago(9, 10))


def _signed(home: Home) -> None:
    """Signed, and failed: a hard refusal is hit."""
    course = Course(home, Stage.SIGNED, fails=FAILING)
    course.plan(home.story.ago(12))
    Righting(course, LATELY).plan(home.story.ago(2, 9, 30))


def _posting(home: Home) -> None:
    course = Course(home, Stage.POSTED)
    course.plan(home.story.ago(16))
    Righting(course, LATELY).plan(home.story.ago(6, 9, 30))
    Demands(home).plan(1)


def _posted_out(home: Home) -> None:
    """Posted long enough: it may be handed in today."""
    course = Course(home, Stage.POSTED)
    course.plan(home.story.ago(40))
    Righting(course, LATELY).plan(home.story.ago(25, 9, 30))


def _handed_in(home: Home) -> None:
    """This year's is in."""
    course = Course(home, Stage.HANDED_IN)
    course.plan(home.story.ago(110))
    Righting(course, LATELY).plan(home.story.ago(95, 9, 30))
    Demands(home).plan(2)


def _last_year(days: int) -> Callable[[Home], None]:
    """Last year's is in; this year's may start from its answers. 340 days: soon due; 420: overdue."""

    def plot(home: Home) -> None:
        _past(home, days, LAST_YEAR)

    return plot


def _twice(home: Home) -> None:
    """Two years running, with the same things found again."""
    _past(home, 480, LONG_AGO)
    course = Course(home, Stage.HANDED_IN, always=RECURRING)
    course.plan(home.story.ago(100))
    Righting(course, LATELY).plan(home.story.ago(80, 9, 30))


def _reusing(home: Home) -> None:
    """This year's begun from last year's answers, a third of them gone through."""
    _past(home, 360, LAST_YEAR)
    Course(home, Stage.FILLING, share=0.35, reuse=True).plan(home.story.ago(4, 14))


def _abandoned(home: Home) -> None:
    Course(home, Stage.ABANDONED, share=0.3).plan(home.story.ago(60))


def _past(home: Home, days: int, fates: tuple[Fate, ...]) -> Course:
    course = Course(home, Stage.HANDED_IN, always=RECURRING)
    start = home.story.ago(days)
    course.plan(start)
    Righting(course, fates).plan(home.story.later(start, RIGHTED_AFTER, 9, 30))
    Righting(course, LATELY).plan(home.story.ago(24, 9, 30))
    return course


@dataclass(frozen=True, slots=True)
class Plot:
    """What a unit does; how many self-assessors it needs for it (none: nobody but the officer); of what
    size it is, where that matters; a hint shows the officer's login."""

    play: Callable[[Home], None]
    assessors: int = 1
    size: str = ""
    hint: str | None = None


NOTHING = Plot(_none, 0)
REUSE = "上年自评已提交，可沿用其答复开始今年的自评"
ROUND = (
    Plot(_last_year(355), hint=REUSE),
    Plot(_filling, 2),
    Plot(_posting, size="micro"),
    NOTHING,
    Plot(_handed_in),
    Plot(_signed, size="micro"),
    NOTHING,
    Plot(_twice, size="micro"),
    Plot(_reusing, size="micro"),
    NOTHING,
    Plot(_posted_out),
    Plot(_abandoned),
    NOTHING,
    Plot(_last_year(420), size="micro"),
    Plot(_begun, 2),
    NOTHING,
    Plot(_filling, size="micro"),
    Plot(_handed_in, size="micro"),
    NOTHING,
)


def main(home: Home) -> Course:
    """The main unit: two years handed in, this year's in the middle of being filled by two assessors."""
    first = _past(home, 700, LONG_AGO)
    first.deducted = 0.6
    second = _past(home, 368, LAST_YEAR)
    second.deducted = 0.45
    now = Course(home, Stage.FILLING, share=0.58, split=True)
    now.plan(home.story.ago(6, 13, 30))
    Demands(home).plan(3)
    return now


@dataclass
class Settlement:
    """Registers units one after the other and lets each play its plot."""

    story: Story
    cast: Cast
    registry: Registry
    many: int
    course: Course | None = None

    def plan(self, founding: datetime) -> None:
        for number in range(self.many):
            when = founding + timedelta(minutes=10 + number // 4)
            self.story.plan(when, partial(self._settle, number))

    def _settle(self, number: int, at: datetime) -> None:
        dice = self.story.dice(f"firm/{number}")
        if number == 0:
            firm = self.registry.invent(0, dice)
            home = settle(self.story, self.cast, firm, at, assessors=2)
            self.course = main(home)
            creating.plan(home)
            cases.plan(home)
            return
        plot = ROUND[(number - 1) % len(ROUND)]
        firm = self.registry.invent(number, dice, size=plot.size)
        hint = plot.hint if number == 1 else None
        home = settle(self.story, self.cast, firm, at, assessors=plot.assessors, hint=hint)
        plot.play(home)
        creating.plan(home)
        if number < CORE:
            cases.plan(home)


__all__ = ["CORE", "HOME", "Settlement"]
