"""What was found is put right, or not yet: cause, measures, evidence, confirmation; and demands."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import partial

from dabiao.demo.courses import Course
from dabiao.demo.homes import Home
from dabiao.demo.words.reading import Finding, telling
from dabiao.hazards import services
from dabiao.hazards.models import Demand, Hazard
from dabiao.hazards.states import HazardState

WEEK = timedelta(days=7)


class Fate(StrEnum):
    """How far a finding has come by the end of the story."""

    FOUND = "found"
    PLANNED = "planned"  # due ahead
    OVERDUE = "overdue"  # due behind
    DONE = "done"
    RETURNED = "returned"
    CLOSED = "closed"


# Long ago nearly all is closed; lately things are under way.
LONG_AGO = (Fate.CLOSED,)
LAST_YEAR = (Fate.CLOSED, Fate.FOUND, Fate.CLOSED)  # what was left is taken up lately
LATELY = (Fate.CLOSED, Fate.PLANNED, Fate.DONE, Fate.FOUND, Fate.RETURNED, Fate.OVERDUE, Fate.PLANNED)


@dataclass
class Righting:
    """Puts the findings of one self-assessment right from a day on; fates go round in their order."""

    course: Course
    fates: tuple[Fate, ...]

    def plan(self, when: datetime) -> None:
        self.home.story.plan(when, self._begin)

    @property
    def home(self) -> Home:
        return self.course.home

    def _begin(self, at: datetime) -> None:
        waiting = [each for each in self.course.hazards() if each.state == HazardState.FOUND]
        for place, hazard in enumerate(waiting):
            fate = self.fates[place % len(self.fates)]
            if fate is not Fate.FOUND:
                self._plan(hazard, fate, place, at)

    def _plan(self, hazard: Hazard, fate: Fate, place: int, at: datetime) -> None:
        dice = self.home.story.dice(f"righting/{hazard.number}")
        found = self._finding(hazard)
        services.plan(
            hazard=hazard,
            cause=found.cause,
            corrective=found.corrective,
            preventive=found.preventive,
            responsible=dice.choice(telling()["responsible"]),
            due=self._due(fate, at),
            version=hazard.version,
            by=self.home.actor(),
            at=at,
        )
        if fate in {Fate.DONE, Fate.RETURNED, Fate.CLOSED}:
            done = self.home.story.later(at, 3 + place % 4, 10, 20)
            self.home.story.plan(done, partial(self._report, hazard, fate))

    def _due(self, fate: Fate, at: datetime) -> date:
        """Overdue by some days, or three weeks ahead of now for what is still running."""
        today = self.home.story.today
        if fate is Fate.OVERDUE:
            return max(at.date(), today - timedelta(days=5))
        return today + 3 * WEEK if fate is Fate.PLANNED else at.date() + 2 * WEEK

    def _finding(self, hazard: Hazard) -> Finding:
        line = hazard.standard_item.partition("#")[2]
        found = self.home.written[(self.course.row.sheet_id, line)].finding
        assert found is not None  # noqa: S101  hazards come from findings
        return found

    def _report(self, hazard: Hazard, fate: Fate, at: datetime) -> None:
        """Reported by a self-assessor: whoever reports does not confirm."""
        dice = self.home.story.dice(f"report/{hazard.number}")
        name = hazard.number if self.home.main else f"{at:%Y-%m-%d}"  # elsewhere one a day, to save time
        taken = self.home.take(hazard.text, at, f"evidence/{name}")
        services.report_done(
            hazard=hazard,
            words=dice.choice(telling()["done"]),
            taken=[taken],
            by=self.home.actor(self.home.assessors[0]),
            at=at,
        )
        if fate is not Fate.DONE:
            self.home.story.plan(self.home.story.later(at, 1, 16), partial(self._answer, hazard, fate))

    def _answer(self, hazard: Hazard, fate: Fate, at: datetime) -> None:
        by = self.home.actor()
        if fate is Fate.CLOSED:
            services.confirm(hazard=hazard, by=by, at=at)
        else:
            services.send_back(hazard=hazard, reason=telling()["returned"], by=by, at=at)


@dataclass
class Demands:
    """What authorities asked of a unit: one met, one running, one late."""

    home: Home

    def plan(self, many: int) -> None:
        story = self.home.story
        ages = ((90, 60, True), (20, -10, False), (35, 3, False))
        for place, (received, due, met) in enumerate(ages[:many]):
            told = telling()["demands"][(self.home.firm.number + place) % len(telling()["demands"])]
            due_day = story.today - timedelta(days=due)
            story.plan(
                story.ago(received, 11),
                partial(self._collect, told, due_day, met),
            )

    def _collect(self, told: dict[str, str], due: date, met: bool, at: datetime) -> None:
        demand = services.collect_demand(
            unit=self.home.unit,
            issuer=told["issuer"],
            text=told["text"],
            received=at.date(),
            due=due,
            by=self.home.actor(),
            at=at,
        )
        if met:
            self.home.story.plan(
                self.home.story.later(at, 8, 14), partial(self._finish, demand, told["done"])
            )

    def _finish(self, demand: Demand, done: str, at: datetime) -> None:
        services.finish_demand(demand=demand, done=done, version=demand.version, by=self.home.actor(), at=at)
