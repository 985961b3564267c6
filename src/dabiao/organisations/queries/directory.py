"""Finding and listing units among a million of them, as fast on the first page as on any other.

Words narrow down (`base.words`); the columns of the card decide. Three ways of reading, each short by itself:

- *walking* in an order there is an index for, at most `BOX` cards, when hits are frequent;
- *words* when they are rare: what the inverted index finds, then the cards;
- a *sample* first, to know which of the two it is.

Up to `FEW` hits are known one by one and may be sorted by anything. More are read page by page from a cursor:
by initials, or, where a text is looked for, in the scattered order of places, for in any order that means
something hits may all lie at the far end.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db import connection

from dabiao.base import words
from dabiao.organisations.models import Scope, UnitCard
from dabiao.organisations.rules.words import (
    SPREAD,
    Query,
    Sought,
    Word,
    area_word,
    industry_word,
    one_of,
    sought,
)

BOX: Final = 6000  # cards walked before giving up: hits are then rarer than one in two hundred
FEW: Final = 1000
MOST_COUNTED: Final = 10_000
DENSE: Final = 30  # hits, and the cards they must lie among to be surely many
DENSE_AMONG: Final = 3000
SURE: Final = 2
CARD: Final = UnitCard._meta.db_table
LONGEST: Final = 200  # characters; no name, code or other value of a card is longer
NOTHING: Final = "1 = 0"
# Card after card of the places found, however many the planner thinks there are: a limit then ends it early.
BESIDE: Final = {
    "sqlite": f"({{inner}}) AS w CROSS JOIN {CARD} AS c ON c.place = w.place",
    "postgresql": f"({{inner}} OFFSET 0) AS w CROSS JOIN LATERAL "  # noqa: S608
    f"(SELECT * FROM {CARD} AS k WHERE k.place = w.place OFFSET 0) AS c",
}


@dataclass(frozen=True, slots=True)
class Among:
    """Units that a subject above has chosen: a statement that gives their keys."""

    sql: str
    params: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for; empty: everything one sees."""

    text: str = ""
    jurisdiction: int | None = None
    locality: int | None = None
    department: int | None = None
    industry: str = ""
    size: str = ""
    area: str = ""
    among: Among | None = None


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page begins: behind this card, or before it."""

    initials: str
    place: int
    back: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """Conditions on a card `c` with their parameters; the words that narrow down; the index to walk by."""

    where: str
    params: tuple[Any, ...]
    query: Query
    by: tuple[str, ...] = ()  # jurisdiction (and size) or locality where it is one
    keys: tuple[int | str, ...] = ()
    texted: bool = False


def asked(seen: Scope, wanted: Wanted) -> Asked:
    if _unheard_of(wanted):
        return Asked(NOTHING, (), ())
    parts = [_seen(seen), *_filters(wanted), *_text(wanted.text)]
    found = [part for part in parts if part is not None]
    by, keys = _narrowest(seen, wanted)
    texted = bool(wanted.text.strip())
    by_words = texted or wanted.among is None  # who was chosen is fewer than all of a district
    return Asked(
        where=" AND ".join(part[0] for part in found) or "1 = 1",
        params=tuple(value for part in found for value in part[1]),
        query=tuple(ways for part in found if (ways := part[2])) if by_words else (),
        by=by,
        keys=keys,
        texted=texted,
    )


def _unheard_of(wanted: Wanted) -> bool:
    """What no card can say; databases would stumble over it."""
    told = (wanted.industry, wanted.size, wanted.area)
    if any(len(each) > LONGEST for each in (wanted.text, *told)):
        return True
    return not all(each.replace("_", "a").isalnum() and each.isascii() for each in told if each)


Part = tuple[str, Sequence[Any], tuple[tuple[Word, ...], ...]]


def _seen(seen: Scope) -> Part | None:
    if seen.city:
        return None
    held = {"unit_id": seen.units, "jurisdiction": seen.jurisdictions, "locality": seen.localities}
    told = [(f"c.{name} IN ({', '.join(['%s'] * len(keys))})", keys) for name, keys in held.items() if keys]
    ways = () if seen.units else (*one_of("j", seen.jurisdictions), *one_of("l", seen.localities))
    where = " OR ".join(each[0] for each in told) or NOTHING
    return f"({where})", [key for each in told for key in each[1]], ways


def _filters(wanted: Wanted) -> list[Part]:
    keys = {name: getattr(wanted, name) for name in ("jurisdiction", "locality", "department")}
    found: list[Part] = [
        (f"c.{name} = %s", [key], one_of(name[0], [key])) for name, key in keys.items() if key is not None
    ]
    if code := wanted.industry:
        found.append((*_listing("industry", code), ((Word(industry_word(code)),),)))
    if size := wanted.size:
        found.append(("c.size = %s", [size], ((Word(f"z{size}"),),)))
    if area := wanted.area:
        found.append((*_listing("areas", area), ((Word(area_word(area)),),)))
    if among := wanted.among:
        found.append((f"c.unit_id IN ({among.sql})", among.params, ()))
    return found


def _listing(column: str, value: str) -> tuple[str, list[str]]:
    plain = re.sub("([!%_])", r"!\1", value)
    return f"c.{column} LIKE %s ESCAPE '!'", [f"%/{plain}/%"]


def _text(text: str) -> list[Part]:
    if not text.strip():
        return []
    wanted = sought(text)
    return [(NOTHING, [], ())] if wanted is None else [_sought(wanted)]


def _sought(wanted: Sought) -> Part:
    where = " OR ".join(f"c.{column} LIKE %s" for column, _ in wanted.columns)
    return f"({where})", [f"%{part}%" for _, part in wanted.columns], wanted.words()


def _narrowest(seen: Scope, wanted: Wanted) -> tuple[tuple[str, ...], tuple[int | str, ...]]:
    """What every hit lies in: one locality, or one jurisdiction, and of that one size if it is asked for."""
    place, key = _territory(seen, wanted)
    if place == "jurisdiction" and wanted.size:
        return (place, "size"), (key, wanted.size)
    return ((place,), (key,)) if place else ((), ())


def _territory(seen: Scope, wanted: Wanted) -> tuple[str, int]:
    if wanted.locality is not None:
        return "locality", wanted.locality
    if not seen.city and not seen.units and not seen.jurisdictions and len(seen.localities) == 1:
        return "locality", seen.localities[0]
    if wanted.jurisdiction is not None:
        return "jurisdiction", wanted.jurisdiction
    if not seen.city and not seen.units and not seen.localities and len(seen.jurisdictions) == 1:
        return "jurisdiction", seen.jurisdictions[0]
    return "", 0


def few(wish: Asked) -> list[int] | None:
    """Places of all hits, or None if they are more than a few."""
    if len(_sample(wish)) > FEW:
        return None
    found = rare(wish)
    return None if found is None else [place for place, _, _ in found]


def rare(wish: Asked) -> list[tuple[int, int, str]] | None:
    """(place, unit, code) of all hits of what is known not to be frequent, or None if more than a few."""
    found = _rows(*_by_words(wish, "c.place, c.unit_id, c.code", limit=FEW + 1))
    return found if len(found) <= FEW else None


def dense(wish: Asked) -> bool:
    """Whether a city's hits are surely more than a few, told from some of its cards: places are scattered
    evenly, so that as many as lie before the thirtieth hit lie between any two of thirty."""
    found = [] if wish.by else _sample(wish, DENSE, DENSE_AMONG)
    return len(found) == DENSE and SURE * FEW * max(found) < DENSE * SPREAD


def page(wish: Asked, size: int, cursor: Cursor | None = None) -> list[tuple[int, str, int]]:
    """(unit, initials, place) of one page of many, one row more than `size` if there is a next one."""
    found = _rows(*_walk(wish, size + 1, cursor))
    if len(found) <= size:
        found = _rows(*_by_words(wish, limit=size + 1, cursor=cursor, ordered=True))
    return found


@dataclass(frozen=True, slots=True)
class Count:
    """How many; no further than `most` was counted."""

    number: int
    most: int

    @property
    def capped(self) -> bool:
        return self.number > self.most


def counted(wish: Asked) -> Count:
    """Of many. Counting on costs most where a text has to be looked up on every card."""
    frequent = len(_sample(wish)) > FEW
    if wish.texted and not frequent:
        return Count(FEW + 1, FEW)
    sql, params = _inside(wish) if frequent else _words_alone(wish) or _by_words(wish)
    limited = f"{sql} LIMIT {MOST_COUNTED + 1}"
    return Count(_rows(f"SELECT count(*) FROM ({limited}) AS c", params)[0][0], MOST_COUNTED)  # noqa: S608


def _words_alone(wish: Asked) -> tuple[str, list[Any]] | None:
    """Filters and territories are words as they stand; a text or units one by one are not."""
    exact = wish.query and not wish.texted and "unit_id" not in wish.where
    return words.found(UnitCard.word_index, wish.query) if exact else None


def _sample(wish: Asked, most: int = FEW + 1, among: int = BOX) -> list[int]:
    box, params = _box(wish, "c.initials, c.place" if wish.by else "c.place", size=among)
    sql = f"SELECT c.place FROM ({box}) AS c WHERE {wish.where} LIMIT {most}"  # noqa: S608
    return _column(sql, [*params, *wish.params])


def _inside(wish: Asked) -> tuple[str, list[Any]]:
    return f"SELECT c.place FROM {CARD} AS c WHERE {wish.where}", list(wish.params)  # noqa: S608


def _box(
    wish: Asked, order: str, beyond: str = "", params: Sequence[Any] = (), size: int = BOX
) -> tuple[str, list[Any]]:
    """So many cards in this order, whatever they are."""
    held = [*(f"c.{name} = %s" for name in wish.by), *([beyond] if beyond else [])]
    where = f" WHERE {' AND '.join(held)}" if held else ""
    return f"SELECT c.* FROM {CARD} AS c{where} ORDER BY {order} LIMIT {size}", [*wish.keys, *params]  # noqa: S608


def _walk(wish: Asked, limit: int, cursor: Cursor | None) -> tuple[str, list[Any]]:
    """In the order of the box, which both databases keep; SQLite would sort the whole of it if told again."""
    beyond, params = _beyond(wish, cursor)
    order = _order(wish, cursor)
    anywhere = replace(wish, by=(), keys=()) if wish.texted else wish  # places have no index in districts
    box, told = _box(anywhere, order, beyond, params)
    sql = f"SELECT c.unit_id, c.initials, c.place FROM ({box}) AS c WHERE {wish.where}"  # noqa: S608
    again = f" ORDER BY {order}" if connection.vendor == "postgresql" else ""
    return f"{sql}{again} LIMIT {limit}", [*told, *wish.params]


def _by_words(
    wish: Asked, what: str = "c.place", *, limit: int = 0, cursor: Cursor | None = None, ordered: bool = False
) -> tuple[str, list[Any]]:
    """What the inverted index finds and the card confirms; without words, cards alone."""
    if ordered and wish.texted and wish.query:
        return _by_places(wish, limit, cursor)
    beyond, params = _beyond(wish, cursor)
    source, told = f"{CARD} AS c", list[Any]()
    if ordered:
        what = "c.unit_id, c.initials, c.place"
    if wish.query:
        inner, told = words.found(UnitCard.word_index, wish.query)
        source = BESIDE[connection.vendor].format(inner=inner)
    where = f"{wish.where}{' AND ' + beyond if beyond else ''}"
    order = f" ORDER BY {_order(wish, cursor)}" if ordered else ""
    ending = f" LIMIT {limit}" if limit else ""
    sql = f"SELECT {what} FROM {source} WHERE {where}{order}{ending}"  # noqa: S608
    return sql, [*told, *wish.params, *params]


def _by_places(wish: Asked, limit: int, cursor: Cursor | None) -> tuple[str, list[Any]]:
    """The index gives places in their order, so that no more cards are looked at than a page holds."""
    order = "DESC" if cursor is not None and cursor.back else "ASC"
    beyond = None if cursor is None else cursor.place
    inner, told = words.found(UnitCard.word_index, wish.query, order, beyond)
    source = BESIDE[connection.vendor].format(inner=inner)
    sql = f"SELECT c.unit_id, c.initials, c.place FROM {source} WHERE {wish.where}"  # noqa: S608
    return f"{sql} ORDER BY w.place {order} LIMIT {limit}", [*told, *wish.params]


def _beyond(wish: Asked, cursor: Cursor | None) -> tuple[str, list[Any]]:
    if cursor is None:
        return "", []
    sign = "<" if cursor.back else ">"
    if wish.texted:
        return f"c.place {sign} %s", [cursor.place]
    return f"(c.initials, c.place) {sign} (%s, %s)", [cursor.initials, cursor.place]


def _order(wish: Asked, cursor: Cursor | None) -> str:
    back = " DESC" if cursor is not None and cursor.back else ""
    return f"c.place{back}" if wish.texted else f"c.initials{back}, c.place{back}"


def _column(sql: str, params: Sequence[Any]) -> list[int]:
    return [row[0] for row in _rows(sql, params)]


def _rows(sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(params))
        return list(cursor.fetchall())
