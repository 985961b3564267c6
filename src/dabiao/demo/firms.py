"""Invented units: names that begin with 示例, codes that check, facts that fit the kind of firm."""

from dataclasses import dataclass
from random import Random

from dabiao.demo.territory import Territory
from dabiao.demo.words.reading import Profile, profiles, telling
from dabiao.demo.words.reading import profile as kind
from dabiao.organisations.data.reading import jurisdictions
from dabiao.organisations.rules import codes
from dabiao.organisations.services import UnitFacts

HOME = "shunyi"  # where the main unit lies, and with it the district logins
NEAR = f"{HOME}-renhe"  # and the locality's
MAIN = "示例恒达精密机械有限公司"
ELSEWHERE = "110115"  # region code on licences of the jurisdiction that has none of its own
WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)  # GB 11714: check character of the organisation code
HEADS = {"large": (600, 1800), "medium": (120, 580), "small": (25, 110), "micro": (4, 9)}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What kind of firm is asked for, where the round of districts and kinds is not: by id of its profile
    and size, in the district of the logins, with these special areas."""

    profile: str
    size: str
    areas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Firm:
    """A unit still to be registered, with what its people will write about."""

    number: int
    facts: UnitFacts
    profile: Profile
    jurisdiction: str


class Registry:
    """Invents firms one after the other; no name twice."""

    def __init__(self, land: Territory) -> None:
        self._land = land
        self._names: set[str] = set()

    def invent(self, number: int, dice: Random, *, size: str = "") -> Firm:
        """Firm number 0 is the main unit; the others go round all districts and all kinds of firm (those
        that have firms of the size, where one is asked for)."""
        fitting = [each for each in profiles() if not size or size in each.sizes]
        profile = fitting[number % len(fitting)]
        home = HOME if number == 0 else jurisdictions()[number % len(jurisdictions())].id
        size = profile.sizes[0] if number == 0 else size or dice.choice(profile.sizes)
        areas = profile.areas if number < len(profiles()) else _some(profile.areas, dice)
        place = _locality(home, number, dice)
        return self._firm(number, dice, Wanted(profile.id, size, areas), home, place)

    def order(self, number: int, dice: Random, wanted: Wanted) -> Firm:
        """A firm as it is asked for, where the logins of district and locality are."""
        return self._firm(number, dice, wanted, HOME, NEAR)

    def _firm(self, number: int, dice: Random, wanted: Wanted, home: str, locality: str) -> Firm:
        profile = kind(wanted.profile)
        low, high = HEADS[wanted.size]
        facts = UnitFacts(
            name=MAIN if number == 0 else self._name(profile, dice),
            uscc=credit_code(number, self._land.jurisdictions[home].region_code),
            jurisdiction=self._land.jurisdictions[home],
            locality=self._land.body(locality),
            department=self._land.department(profile.industry, home),
            industry=self._land.industries[profile.industry],
            size=wanted.size,
            head_count=dice.randint(low, high),
            address=_address(self._land.jurisdictions[home].name, dice),
            principal=person(dice),
            areas=wanted.areas,
            sites=("主厂区",) if wanted.size in {"small", "micro"} else ("主厂区", "二厂区"),
        )
        self._names.add(facts.name)
        return Firm(number, facts, profile, home)

    def _name(self, profile: Profile, dice: Random) -> str:
        words = telling()
        while True:
            brand = dice.choice(words["brands"])
            if len(self._names) > len(words["brands"]) * len(profiles()):  # a big city runs out of brands
                brand += dice.choice(words["brands"])
            name = f"示例{brand}{dice.choice(profile.business)}{profile.ending}"
            if name not in self._names and name != MAIN:
                return name


def person(dice: Random) -> str:
    """An invented name that looks it."""
    words = telling()
    return f"示例{dice.choice(words['surnames'])}{dice.choice(words['given'])}"


def people(dice: Random, count: int, *others: str) -> list[str]:
    """So many names, none of them twice and none of the others'."""
    found = list(others)
    while len(found) < count + len(others):
        if (name := person(dice)) not in found:
            found.append(name)
    return found[len(others) :]


def credit_code(number: int, region: str) -> str:
    """A code whose check characters hold; the letters XX keep it apart from those given out."""
    body = f"XX{number:06d}"
    values = [int(letter, 36) for letter in body]
    rest = -sum(weight * value for weight, value in zip(WEIGHTS, values, strict=True)) % 11
    return codes.complete(f"91{region or ELSEWHERE}{body}{'X' if rest == 10 else rest}")  # noqa: PLR2004


def _some(areas: tuple[str, ...], dice: Random) -> tuple[str, ...]:
    return tuple(area for area in areas if dice.random() < 0.6)  # noqa: PLR2004


def _locality(home: str, number: int, dice: Random) -> str:
    if number == 0:
        return NEAR
    row = next(each for each in jurisdictions() if each.id == home)
    return dice.choice(row.localities).id


def _address(district: str, dice: Random) -> str:
    return f"{district}{dice.choice(telling()['streets'])}{dice.randint(1, 198)}号"
