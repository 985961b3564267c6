"""待办: what a person has to do, by when and why, gathered from the subjects; a constant few queries."""

from datetime import date, datetime

from dabiao.base import calendars
from dabiao.base.clock import day_of
from dabiao.kernel.actor import Actor
from dabiao.office.todo import (
    cases,
    contests,
    creation,
    followups,
    grading,
    officials,
    reviews,
    standards,
    teams,
    units,
    verifications,
)
from dabiao.office.todo.values import NO_LIMIT, ORDER, Todo, due_shown

__all__ = ["NO_LIMIT", "Todo", "due_shown", "todos"]


def todos(actor: Actor, at: datetime) -> list[Todo]:
    """Everything that waits for this person, the most urgent first."""
    day, calendar = day_of(at), calendars.calendar()
    found = [
        each
        for part in (
            units,
            creation,
            cases,
            reviews,
            teams,
            followups,
            contests,
            grading,
            verifications,
            standards,
            officials,
        )
        for each in part.todos(actor, day, calendar)
    ]
    return sorted(found, key=lambda each: (ORDER[each.limit.state], each.limit.due or date.max))
