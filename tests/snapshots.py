"""What a test begins with, made once through services and afterwards laid down as rows.

    world = snapshots.laid(build)
    edition = snapshots.laid(published, world)  # made upon what was laid before

The first time in a process `build` is called; what it gave is kept, and the rows it added, as statements.
Every later time, in whatever test, the same rows with the same keys are put into that test's transaction
and go with it: nothing stands between two tests, so nothing can leak, and their order does not matter.
`build` may only add rows: one that changes what was there before is refused. Files it stores stay.
"""

import pickle
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.apps import apps
from django.db import connection
from django.db.models import Model

from dabiao.base import words
from dabiao.organisations.models import UnitCard
from dabiao.organisations.rules.words import written

Made = TypeVar("Made")
Rows = dict[Any, str]  # key -> the row as an SQL list of literals
AT_ONCE = 200  # rows of one statement
# A cell as an SQL literal, exactly as it is stored.
_LITERAL = {"sqlite": "quote({0})", "postgresql": "quote_nullable({0}::text)"}


@dataclass(frozen=True)
class Snapshot:
    """`told`: what the maker gave, pickled, so that every test gets objects of its own."""

    statements: tuple[str, ...]
    told: bytes
    found_by: tuple[words.Entry, ...]  # what stands in the inverted index, which is no table


taken: dict[Any, Snapshot] = {}


def laid(make: Callable[..., Made], *upon: Any) -> Made:
    """What `make` gives, its rows in the database. `upon`: the same in every test, laid as well."""
    if make in taken:
        return again(make)
    before = _all()
    made = make(*upon)
    taken[make] = _snapshot(before, made)
    return made


def take_along(steps: Callable[[], Iterable[tuple[Any, Any]]]) -> None:
    """Several of one story: whenever it stops, it says under which name, and with what in hand."""
    before = _all()
    for name, made in steps():
        taken[name] = _snapshot(before, made)


def again(name: Any) -> Any:
    """Laid down as it was taken."""
    return _laid(taken[name])


def _all() -> dict[type[Model], Rows]:
    return {model: _rows(model) for model in _tables()}


def _snapshot(before: dict[type[Model], Rows], made: Any) -> Snapshot:
    old = before[UnitCard].keys()
    cards = [(card.place, written(card.said())) for card in UnitCard.objects.all() if card.place not in old]
    return Snapshot(tuple(_added(before)), pickle.dumps(made), tuple(cards))


def _laid(snapshot: Snapshot) -> Any:
    several = connection.vendor == "postgresql"  # statements in one go
    with connection.cursor() as cursor:
        for statement in ["; ".join(snapshot.statements)] if several else snapshot.statements:
            cursor.execute(statement)
    words.enter(UnitCard.word_index, snapshot.found_by)
    return pickle.loads(snapshot.told)  # noqa: S301  our own, a moment ago


def _added(before: dict[type[Model], Rows]) -> Iterable[str]:
    for model, old in before.items():
        rows, table = _rows(model), model._meta.db_table
        kept = {key: rows.get(key) for key in old}
        assert kept == old, f"{table}: rows were changed that were there before"
        values = [rows[key] for key in rows if key not in old]
        for start in range(0, len(values), AT_ONCE):
            some = ", ".join(values[start : start + AT_ONCE])
            yield f'INSERT INTO "{table}" ({", ".join(_columns(model))}) VALUES {some}'


def _tables() -> list[type[Model]]:
    """Parts before their wholes: a published edition takes no items any more, one that is not there does.
    Keys are checked when the transaction ends, or when the test does.
    """
    models = apps.get_models(include_auto_created=True)
    return [model for model in reversed(models) if model._meta.managed and not model._meta.proxy]


def _columns(model: type[Model]) -> list[str]:
    return [f'"{each.column}"' for each in model._meta.local_concrete_fields]


def _rows(model: type[Model]) -> Rows:
    cells = " || ', ' || ".join(_LITERAL[connection.vendor].format(name) for name in _columns(model))
    table, key = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(f"""SELECT "{key}", '(' || {cells} || ')' FROM "{table}" ORDER BY 1""")
        return dict(cursor.fetchall())
