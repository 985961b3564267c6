"""One case on its way: step after step on its days, the last one some working days before now."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from dabiao.creation.models import Case
from dabiao.demo.homes import Home
from dabiao.grading.models import Grading
from dabiao.kernel.actor import Actor
from dabiao.kernel.roles import Role
from dabiao.organisations.models import Body
from dabiao.people.models import Account
from dabiao.reviews.models import Plan, Review
from dabiao.reviews.queries import plans

Do = Callable[["Walk", datetime], None]


@dataclass(frozen=True, slots=True)
class Step:
    """What is done, so many working days after the step before it, at this hour."""

    do: Do
    days: int = 1
    hour: int = 10
    minute: int = 0


@dataclass
class Walk:
    """A case and its people. `firm` is the review unit by its key in the territory: `review1` has logins
    that are shown. `leader` is who leads the team, once chosen."""

    home: Home
    firm: str
    path: tuple[Step, ...]
    case: Case | None = None
    leader: Account | None = field(default=None, init=False)

    def on(self, case: Case, at: datetime) -> None:
        """The case is accepted: the way begins."""
        self.case = case
        self._plan(0, at)

    def _plan(self, place: int, before: datetime) -> None:
        if place < len(self.path):
            step, story = self.path[place], self.home.story
            when = story.later(before, step.days, step.hour, step.minute)
            story.plan(when, partial(self._take, place))

    def _take(self, place: int, at: datetime) -> None:
        self.path[place].do(self, at)
        self._plan(place + 1, at)

    # As they stand now.

    @property
    def review(self) -> Review:
        rows = Review.objects.select_related("case__cycle", "unit", "body", "organizing")
        return rows.filter(case=self.case).latest("id")

    @property
    def plan(self) -> Plan:
        found = plans.current(self.review)
        assert found is not None  # noqa: S101  made earlier in the story
        return found

    @property
    def grading(self) -> Grading:
        rows = Grading.objects.select_related("case__cycle", "unit__industry", "review", "department")
        return rows.filter(case=self.case).latest("id")

    # Who does it.

    @property
    def admin(self) -> str:
        """Login of the review unit's administrator."""
        return str(Role.REVIEW_ADMIN) if self.firm == "review1" else f"{self.firm}_admin"

    @property
    def body(self) -> Body:
        return self.home.cast.body(self.admin)

    @property
    def lead(self) -> Account:
        """The team's leader; before there is a team, the first reviewer of the review unit."""
        return self.leader or self.home.cast.staff(self.body, Role.REVIEWER)[0]

    def act(self, login: str) -> Actor:
        return self.home.cast.actor(login)

    @property
    def officer(self) -> Actor:
        return self.home.actor()

    @property
    def department(self) -> tuple[Actor, Actor]:
        """Who proposes and who decides where this level is publicised."""
        role = Role.INDUSTRY_CITY if self.home.level == "level_2" else Role.INDUSTRY_DISTRICT
        return self.act(str(role)), self.act(f"{role}_deputy")
