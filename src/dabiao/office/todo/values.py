"""One thing to do, and how its day is shown."""

from dataclasses import dataclass, replace
from datetime import date

from dabiao import law
from dabiao.kernel.days import Calendar
from dabiao.kernel.limits import LimitColour, Unit
from dabiao.look.shapes import Light, LimitShown, limit_words

NO_LIMIT = LimitShown(Light.NONE, "未设期限")
ORDER = {Light.RED: 0, Light.AMBER: 1, Light.GREEN: 2, Light.NONE: 3, Light.STOPPED: 4, Light.MET: 5}


@dataclass(frozen=True, slots=True)
class Todo:
    """What, of whom, by when, and the one button."""

    title: str
    unit: str
    step: str
    verb: str
    url: str
    limit: LimitShown = NO_LIMIT


def due_shown(due: date | None, day: date, calendar: Calendar) -> LimitShown:
    """A day somebody set, as a light counted in working days by the calendar in use."""
    if due is None:
        return NO_LIMIT
    left = calendar.between(day, due)
    left = min(left, -1) if due < day else left
    amber = law.on(day).amber(Unit.WORKING_DAYS)
    colour = LimitColour.RED if due < day else LimitColour.AMBER if left <= amber else LimitColour.GREEN
    return LimitShown(Light(colour), limit_words(left), due, bool(calendar.missing(day, due)))


def fixed_shown(due: date, day: date, calendar: Calendar) -> LimitShown:
    """A day that law names: certain, though nobody may know yet which days until then are worked."""
    return replace(due_shown(due, day, calendar), provisional=False)
