"""A unit with its people, ready to work."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from dabiao.base.files import store
from dabiao.demo.cast import Cast
from dabiao.demo.editions.reading import GENERAL, SMALL
from dabiao.demo.firms import Firm, person
from dabiao.demo.photos import Place, photo, somewhere
from dabiao.demo.story import Story
from dabiao.demo.writing import Hand, Written
from dabiao.kernel.actor import Actor
from dabiao.kernel.roles import Role
from dabiao.organisations import services
from dabiao.organisations.models import Unit
from dabiao.people.models import Account

LEVELS = {"large": "level_2", "medium": "level_2", "small": "level_3", "micro": "small_micro"}
MAIN_HINTS = {
    Role.UNIT_OFFICER: "从这里开始：一份填到一半的自评、整改中的隐患",
    Role.SELF_ASSESSOR: "与安全管理员同填一份自评",
    Role.UNIT_PRINCIPAL: "签字、确认整改",
}
REGISTRAR = str(Role.BUREAU_CITY)


@dataclass
class Home:
    """A registered unit. `written` remembers, by sheet and line, what was found there."""

    story: Story
    cast: Cast
    firm: Firm
    unit: Unit
    officer: str
    assessors: tuple[str, ...] = ()
    principal: str = ""
    where: Place = field(init=False)
    written: dict[tuple[int, str], Written] = field(default_factory=dict)
    _taken: dict[str, store.Taken] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.where = somewhere(self.story.dice(f"place/{self.firm.number}"))

    @property
    def main(self) -> bool:
        """The unit people sign in to first: its pictures are many, and each its own."""
        return self.firm.number == 0

    @property
    def level(self) -> str:
        return LEVELS[self.unit.size]

    @property
    def team(self) -> tuple[Account, ...]:
        return tuple(self.cast.accounts[login] for login in self.assessors)

    def hand(self, **chances: object) -> Hand:
        words = SMALL if self.level == "small_micro" else GENERAL
        return Hand(words, self.firm.profile.places, **chances)  # type: ignore[arg-type]

    def actor(self, login: str = "") -> Actor:
        return self.cast.actor(login or self.officer)

    def take(self, subject: str, at: datetime, name: str) -> store.Taken:
        """A picture of this unit, taken in; one of a name."""
        if name not in self._taken:
            dice = self.story.dice(f"photo/{self.firm.number}/{name}")
            self._taken[name] = store.take_in([photo(subject, at, self.where, dice)])
        return self._taken[name]


def settle(
    story: Story, cast: Cast, firm: Firm, at: datetime, *, assessors: int = 1, hint: str | None = None
) -> Home:
    """Register a unit and engage its people; the logins of the main unit's are shown, and that of an
    officer with a hint."""
    unit = services.register_unit(facts=firm.facts, by=cast.actor(REGISTRAR), at=at)
    dice = story.dice(f"people/{firm.number}")
    engage = _main(cast, unit, at) if firm.number == 0 else _other(cast, unit, firm.number, at, hint)
    officer = engage(Role.UNIT_OFFICER, person(dice))
    home = Home(story, cast, firm, unit, officer)
    home.assessors = tuple(engage(Role.SELF_ASSESSOR, person(dice)) for _ in range(assessors))
    home.principal = engage(Role.UNIT_PRINCIPAL, unit.principal) if assessors else ""
    return home


Engage = Callable[[Role, str], str]


def _main(cast: Cast, unit: Unit, at: datetime) -> Engage:
    def engage(role: Role, name: str) -> str:
        login = f"{role}_2" if role in cast.accounts else str(role)
        cast.engage(login, name, role, unit, at, hint=MAIN_HINTS.get(role, ""))
        return login

    return engage


def _other(cast: Cast, unit: Unit, number: int, at: datetime, hint: str | None) -> Engage:
    short = {Role.UNIT_OFFICER: "officer", Role.SELF_ASSESSOR: "assessor", Role.UNIT_PRINCIPAL: "principal"}

    def engage(role: Role, name: str) -> str:
        login = f"unit{number % 900_000:03d}_{short[role]}"
        if login in cast.accounts:
            login += "_2"
        cast.engage(login, name, role, unit, at, hint=hint if role is Role.UNIT_OFFICER else None)
        return login

    return engage
