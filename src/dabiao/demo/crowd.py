"""Everybody else: the units of a city that have not begun anything, registered by one bulk act."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any, Final

from dabiao.base.journal import bulk
from dabiao.demo.firms import HEADS, credit_code, person
from dabiao.demo.story import Story
from dabiao.demo.territory import Territory
from dabiao.demo.words.reading import Profile, profiles, telling
from dabiao.kernel.actor import Actor
from dabiao.organisations.data.reading import JurisdictionRow, jurisdictions
from dabiao.organisations.models import Unit
from dabiao.organisations.permissions import IMPORT_UNITS
from dabiao.organisations.services import cards

UNITS: Final = 300  # at scale 1, with those of the story
SIZES: Final = {"micro": 60, "small": 30, "medium": 8, "large": 2}  # of a hundred
FLAGGED: Final = 0.6  # chance of a special area its kind of firm can have
NAMES: Final = (
    *("name", "uscc", "jurisdiction_id", "locality_id", "department_id", "industry_id"),
    *("size", "head_count", "address", "principal", "areas"),
)


@dataclass
class Crowd:
    """`many` units, numbered from `first`; the same dice give the same ones."""

    story: Story
    land: Territory
    by: Actor
    first: int
    many: int

    def register(self, at: datetime) -> None:
        with bulk.begin(IMPORT_UNITS, by=self.by, at=at, title="演示城市企业名册") as batch:
            keys = batch.create(Unit, NAMES, self._rows())
            batch.publish(at=at)
        cards.enter_imported(keys)

    def _rows(self) -> Iterator[tuple[Any, ...]]:
        dice = self.story.dice("crowd")
        names = set[str]()
        for number in range(self.first, self.first + self.many):
            yield self._row(number, dice, names)

    def _row(self, number: int, dice: Random, names: set[str]) -> tuple[Any, ...]:
        profile, home = dice.choice(profiles()), dice.choice(jurisdictions())
        size = dice.choices(tuple(SIZES), tuple(SIZES.values()))[0]
        areas = sorted(area for area in profile.areas if dice.random() < FLAGGED)
        place = self.land.jurisdictions[home.id]
        return (
            _name(profile, home, dice, names),
            credit_code(number, place.region_code),
            place.pk,
            self.land.bodies[dice.choice(home.localities).id].pk,
            self.land.department(profile.industry, home.id).pk,
            self.land.industries[profile.industry].pk,
            size,
            dice.randint(*HEADS[size]),
            f"{place.name}{dice.choice(telling()['streets'])}{dice.randint(1, 998)}号",
            person(dice),
            areas,
        )


def _name(profile: Profile, home: JurisdictionRow, dice: Random, names: set[str]) -> str:
    """Two brands in one and, every other time, the district: enough for a million."""
    brands = telling()["brands"]
    while True:
        brand = dice.choice(("", home.short)) + dice.choice(brands) + dice.choice(brands)
        name = f"示例{brand}{dice.choice(profile.business)}{profile.ending}"
        if name not in names:
            names.add(name)
            return name
