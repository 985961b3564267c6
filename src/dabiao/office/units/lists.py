"""The list of units a person sees, as the query of the address asks for it: a few in any order, or many page
by page from a cursor."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import QueryDict

from dabiao.grading.queries import holding
from dabiao.kernel.actor import Actor
from dabiao.office.asked import whole
from dabiao.organisations.models import Unit, scope
from dabiao.organisations.queries import directory
from dabiao.organisations.queries.directory import Among, Asked, Count, Cursor, Wanted
from dabiao.organisations.rules.letters import initials
from dabiao.organisations.rules.words import fold
from dabiao.standards.rules.choice import LEVELS

SORTS: Final = {
    "name": ("card__initials", "name"),
    "jurisdiction": ("jurisdiction__place",),
    "industry": ("industry__code",),
    "size": ("size",),
    "people": ("head_count",),
}
PER_PAGE: Final = 30
LONGEST_TEXT: Final = 80
MOST_EXPORTED: Final = 20_000
CHUNK: Final = 500
NARROWING: Final = ("q", "jurisdiction", "locality", "department", "industry", "size", "area", "level")


def wanted(asked: QueryDict, day: date) -> Wanted:
    """Anything the query cannot mean is left aside. The level is the one held on the day."""
    return Wanted(
        text=asked.get("q", "").strip()[:LONGEST_TEXT],
        jurisdiction=whole(asked.get("jurisdiction", "")),
        locality=whole(asked.get("locality", "")),
        department=whole(asked.get("department", "")),
        industry=fold(asked.get("industry", "")).upper(),
        size=fold(asked.get("size", "")),
        area=asked.get("area", ""),
        among=_holding(asked.get("level", ""), day),
    )


def _holding(level: str, day: date) -> Among | None:
    return Among(*holding.holders(level, day).query.sql_with_params()) if level in LEVELS else None


@dataclass(frozen=True)
class Listed:
    """What a list shows. Either `page`, of a few, or `slice`, of many."""

    actor: Actor
    asked: QueryDict
    day: date

    @cached_property
    def wish(self) -> Asked:
        return directory.asked(scope(self.actor), wanted(self.asked, self.day))

    @cached_property
    def places(self) -> list[int] | None:
        return directory.few(self.wish)

    @cached_property
    def page(self) -> Page[Unit] | None:
        if self.places is None:
            return None
        pages = Paginator(self.few(), PER_PAGE)
        pages.count = len(self.places)  # known: one statement less
        return pages.get_page(self.asked.get("page"))

    @cached_property
    def slice(self) -> "Slice | None":
        return None if self.places is not None else _sliced(self.wish, self.asked, self.actor)

    def few(self) -> QuerySet[Unit]:
        sort = self.asked.get("sort", "name")
        fields = (*SORTS.get(sort.lstrip("-"), SORTS["name"]), "id")
        back = "-" if sort.startswith("-") else ""
        return (
            _shown(self.actor)
            .filter(card__place__in=self.places or ())
            .order_by(*(back + name for name in fields))
        )

    def exported(self) -> Iterator[Unit | None]:
        """All of a few; of many the first in order, and None at the end where there are more."""
        if self.places is not None:
            yield from self.few().iterator(chunk_size=CHUNK)
            return
        cursor, left = None, MOST_EXPORTED
        while left > 0:
            size = min(CHUNK, left)
            rows = directory.page(self.wish, size, cursor)
            yield from _units(self.actor, [row[0] for row in rows[:size]])
            if len(rows) <= size:
                return
            left, cursor = left - size, Cursor(*rows[size - 1][1:])
        yield None


@dataclass(frozen=True, slots=True)
class Slice:
    """One page of many. `before` and `after` lead on; empty at the ends. `unsorted`: in no telling order."""

    units: list[Unit]
    before: str
    after: str
    count: Count
    unsorted: bool

    @property
    def object_list(self) -> list[Unit]:
        return self.units


def _sliced(wish: Asked, asked: QueryDict, actor: Actor) -> Slice:
    cursor = _cursor(asked)
    rows = directory.page(wish, PER_PAGE, cursor)
    more, rows = len(rows) > PER_PAGE, rows[:PER_PAGE]
    back = cursor is not None and cursor.back
    if back:
        rows.reverse()
    return Slice(
        units=_units(actor, [row[0] for row in rows]),
        before=_spelled(rows[0]) if rows and (more if back else cursor is not None) else "",
        after=_spelled(rows[-1]) if rows and (back or more) else "",
        count=directory.counted(wish),
        unsorted=wish.texted,
    )


def _units(actor: Actor, keys: Sequence[int]) -> list[Unit]:
    found = _shown(actor).in_bulk(list(keys))
    return [found[key] for key in keys if key in found]


def _shown(actor: Actor) -> QuerySet[Unit]:
    return Unit.objects.visible_to(actor).select_related("jurisdiction", "industry", "locality")


def _spelled(row: tuple[int, str, int]) -> str:
    return f"{row[2]}-{row[1]}"


def _cursor(asked: QueryDict) -> Cursor | None:
    """Behind a card, before one, or where names begin with what was typed."""
    for name, back in (("after", False), ("before", True)):
        place, _, letters = asked.get(name, "").partition("-")
        if (number := whole(place)) is not None:
            return Cursor(letters[:LONGEST_TEXT], number, back)
    text = fold(asked.get("from", ""))[:LONGEST_TEXT]
    return Cursor(initials(text), -1) if text else None
