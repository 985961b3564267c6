"""Finding among all units that were imported: what a list asks, next to the same units by number.

The floor reads the thirty units of a page by their keys: nothing has to be looked for.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import cycle

from django.db import connection

from bench import clocking
from bench.city import City
from bench.rows import Aim, Row
from dabiao.organisations.models import Scope, Unit, UnitCard
from dabiao.organisations.queries import directory
from dabiao.organisations.queries.directory import Cursor, Wanted

PAGE = 30
FAR = 0.9  # of the way through the list
READ = "SELECT * FROM organisations_unit WHERE id IN ({})"


@dataclass(frozen=True, slots=True)
class Kind:
    title: str
    wanted: tuple[Wanted, ...]
    deep: bool = False


@dataclass(frozen=True)
class Finder:
    seen: Scope = field(default_factory=lambda: Scope(city=True))

    def page(self, wanted: Wanted, cursor: Cursor | None = None) -> int:
        """What one page of the list asks: which, how many, and the units themselves."""
        wish = directory.asked(self.seen, wanted)
        places = directory.few(wish)
        if places is not None:
            found = list(Unit.objects.filter(card__place__in=places).order_by("card__initials", "id")[:PAGE])
        else:
            rows = directory.page(wish, PAGE, cursor)
            directory.counted(wish)
            found = list(Unit.objects.in_bulk([row[0] for row in rows[:PAGE]]).values())
        return len(found)


def rows(city: City, times: int) -> Iterator[Row]:
    """Every kind by several examples by turns; the aim is for a million units."""
    finder, number = Finder(), Unit.objects.count()
    aim = Aim(ms=50 if connection.vendor == "postgresql" else 100)
    keys = list(Unit.objects.order_by("-id").values_list("pk", flat=True)[:PAGE])
    statement = READ.format(", ".join(["%s"] * len(keys)))
    floor = partial(city.floor.all, statement, *keys)
    for kind in kinds(city):
        cursor = _far() if kind.deep else None
        examples = [partial(finder.page, wanted, cursor) for wanted in kind.wanted]
        timing, bare = clocking.by_turns(partial(_next, cycle(examples)), floor, times)
        yield Row(f"{kind.title}, {number:,} units", timing, bare, aim)


def _next(examples: Iterator[Callable[[], int]]) -> int:
    return next(examples)()


def kinds(city: City) -> tuple[Kind, ...]:
    some = list(Unit.objects.order_by("-id").select_related("card")[:1000:250])
    east = city.world.jurisdictions["east"].pk
    return (
        Kind("search two characters", tuple(Wanted(text=each.name[2:4]) for each in some)),
        Kind("search two characters in one district", tuple(Wanted(each.name[4:6], east) for each in some)),
        Kind("search four characters", tuple(Wanted(text=each.name[2:6]) for each in some)),
        Kind("search a whole code", tuple(Wanted(text=each.uscc or "") for each in some)),
        Kind("search part of a code", tuple(Wanted(text=(each.uscc or "")[9:16]) for each in some)),
        Kind("search pinyin initials", tuple(Wanted(text=each.card.initials[2:6]) for each in some)),
        Kind("first page", (Wanted(),)),
        Kind("first page, one district, one size", (Wanted(jurisdiction=east, size="large"),)),
        Kind("deep page", (Wanted(),), deep=True),
    )


def _far() -> Cursor:
    """Behind nine in ten of the cards, in the order of the list."""
    place = int(UnitCard.objects.count() * FAR)
    card = UnitCard.objects.order_by("initials", "place")[place]
    return Cursor(card.initials, card.place)
