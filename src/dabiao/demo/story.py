"""A story told in the order of its days: who does what is planned first, then every act is performed in turn.

The story ends at the clock's own moment, so that a city made today has its past behind it and nothing ahead.
"""

import heapq
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from itertools import count
from random import Random

from dabiao.base import calendars
from dabiao.base.clock import SHANGHAI, day_of

Act = Callable[[datetime], None]
DAY = timedelta(days=1)


class Story:
    """`end` is now. Equal seeds tell equal stories, whatever else is told beside them."""

    def __init__(self, seed: int, end: datetime) -> None:
        self.seed, self.end = seed, end.astimezone(SHANGHAI)
        self.today = day_of(end)
        self._calendar = calendars.calendar()
        self._planned: list[tuple[datetime, int, Act]] = []
        self._order = count()

    def dice(self, name: str) -> Random:
        """Chance of its own for everything that has a name: adding one thing changes no other."""
        return Random(f"{self.seed}/{name}")  # noqa: S311  a story, not a secret

    def ago(self, days: int, hour: int = 9, minute: int = 0) -> datetime:
        """So many days before today, on that day or the working day before it; never after the end."""
        day = self.today - days * DAY
        while not self._calendar.is_working(day):
            day -= DAY
        return min(self.at(day, hour, minute), self.end)

    def before(self, working_days: int, hour: int, minute: int = 0) -> datetime:
        """So many working days before today (none: today, or the last one before it)."""
        day, left = self.today, working_days
        while left or not self._calendar.is_working(day):
            left -= self._calendar.is_working(day)
            day -= DAY
        return min(self.at(day, hour, minute), self.end)

    def later(self, moment: datetime, working_days: int, hour: int = 9, minute: int = 0) -> datetime:
        """So many working days after a moment of the story."""
        return self.at(self._calendar.add(day_of(moment), working_days).day, hour, minute)

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        return datetime.combine(day, time(hour, minute), SHANGHAI)

    def plan(self, when: datetime, act: Act) -> None:
        """Let this happen then; what would happen after the end has not happened yet."""
        if when <= self.end:
            heapq.heappush(self._planned, (when, next(self._order), act))

    def tell(self) -> int:
        """Perform what is planned, and what that plans in turn; returns how many acts there were."""
        told = 0
        while self._planned:
            when, _, act = heapq.heappop(self._planned)
            act(when)
            told += 1
        return told
