"""Making and storing one row: spelled once for a model, where the ORM spells it anew for every row."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cache, partial
from typing import Any, Final, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models.base import ModelState

from dabiao.base import canonical, statements
from dabiao.base.statements import column

Row = TypeVar("Row", bound=models.Model)

_JSON: Final = (list, dict)
_LAST: Final = "SELECT last_insert_rowid()"


def fresh(model: type[Row], **values: Any) -> Row:
    """A row not stored yet, of values by their attributes' names; the others take their default. As the model
    itself makes it, which goes through every field with its descriptor; ValueError for another name."""
    row = model.__new__(model)
    row.__dict__ = {name: default() for name, default in _defaults(model) if name not in values}
    row.__dict__ |= values
    row._state = ModelState()
    if len(row.__dict__) != len(_defaults(model)) + 1:
        raise ValueError(f"{model._meta.label}: {sorted(values)}")
    return row


@cache
def _defaults(model: type[models.Model]) -> tuple[tuple[str, Callable[[], Any]], ...]:
    return tuple((each.attname, each.get_default) for each in model._meta.concrete_fields)


def insert(row: models.Model) -> None:
    """A new row with all its fields; the database gives it a key where it has none."""
    model, keyed = type(row), row.pk is not None
    _take_keys(row)
    here = statements.own()
    cells = _cells(here, row, keyed=keyed)
    telling = here.features.can_return_columns_from_insert  # SQLite from 3.35 on
    told = statements.rows(_insertion(model, keyed=keyed, telling=telling), *cells)
    if not keyed:
        [(row.pk,)] = told or statements.rows(_LAST)
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def insert_all(rows: Sequence[models.Model]) -> None:
    """A few new rows of one model, none of which has a key, in one statement."""
    here = statements.own()
    if len(rows) == 1 or not here.features.can_return_columns_from_insert:
        for row in rows:
            insert(row)
    else:
        inserting(rows)()


def inserting(rows: Sequence[models.Model]) -> Callable[[], None]:
    """The same; they have their keys once it is called."""
    here = statements.own()
    if not here.features.can_return_columns_from_insert:
        return partial(insert_all, rows)
    cells = list[Any]()
    for row in rows:
        _take_keys(row)
        cells += _cells(here, row, keyed=False)
    sql = _insertion(type(rows[0]), keyed=False, telling=True, count=len(rows))
    return partial(_keyed, rows, statements.coming((sql, cells)))


def _keyed(rows: Sequence[models.Model], coming: statements.Coming) -> None:
    for row, (key,) in zip(rows, coming()[0], strict=True):
        row.pk, row._state.adding, row._state.db = key, False, DEFAULT_DB_ALIAS


def _cells(here: Any, row: models.Model, *, keyed: bool) -> list[Any]:
    given = row.__dict__
    return [
        value if type(value := given[name]) is kind else _cell(here, field, value)
        for name, field, kind in _columns(type(row), here.vendor, keyed=keyed)
    ]


@cache
def _columns(model: type[models.Model], vendor: str, *, keyed: bool) -> tuple[tuple[str, Any, Any], ...]:
    fields = _inserted(model, keyed=keyed)
    return tuple((each.attname, each, _itself(each, vendor)) for each in fields)


@cache
def _inserted(model: type[models.Model], *, keyed: bool) -> tuple[Any, ...]:
    return tuple(each for each in model._meta.concrete_fields if keyed or not each.primary_key)


@cache
def _insertion(model: type[models.Model], *, keyed: bool, telling: bool, count: int = 1) -> str:
    names = [column(model, each.name) for each in _inserted(model, keyed=keyed)]
    key, table = column(model, model._meta.pk.name), connection.ops.quote_name(model._meta.db_table)
    marks = ", ".join([f"({', '.join(['%s'] * len(names))})"] * count)
    told = f" RETURNING {key}" if telling else ""
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES {marks}{told}"  # noqa: S608  of our model


def _take_keys(row: models.Model) -> None:
    """Of another row that was given its key only after it was put here, that key."""
    for field in _referring(type(row)):
        if getattr(row, field.attname) is None and (other := field.get_cached_value(row, None)) is not None:
            if other.pk is None:
                raise ValueError(f"{row._meta.label}.{field.name}: that row has not been stored yet")
            setattr(row, field.name, other)


@cache
def _referring(model: type[models.Model]) -> tuple[Any, ...]:
    return tuple(each for each in model._meta.concrete_fields if each.is_relation)


def change(row: models.Model, values: Mapping[str, Any], among: Mapping[str, Sequence[Any]]) -> bool:
    """Give fields of one row new values, where each field in `among` is one of those named there. Whether
    there was such a row; the one in memory stays as it is."""
    return bool(statements.touched(*_changed(row, values, among)))


def changing(
    row: models.Model, values: Mapping[str, Any], among: Mapping[str, Sequence[Any]]
) -> Callable[[], int]:
    """The same; how many rows there were is told when it is called."""
    return statements.touching(*_changed(row, values, among))


def _changed(row: models.Model, values: Mapping[str, Any], among: Mapping[str, Sequence[Any]]) -> list[Any]:
    model, only = type(row), [each for values in among.values() for each in values]
    here, names = statements.own(), tuple(values)
    known = zip(values.values(), _fields(model, names, here.vendor), strict=True)
    cells = [value if type(value) is kind else _cell(here, field, value) for value, (field, kind) in known]
    sql = _change(model, names, (*[(name, len(each)) for name, each in among.items()],))
    return [sql, *cells, row.pk, *only]


@cache
def _fields(model: type[models.Model], names: tuple[str, ...], vendor: str) -> tuple[tuple[Any, Any], ...]:
    """Each with the kind of value the database is told as it is."""
    found: list[Any] = [model._meta.get_field(name) for name in names]
    return tuple((field, _itself(field, vendor)) for field in found)


def _itself(field: Any, vendor: str) -> type | None:
    """The kind of value that the database is told as it is; PostgreSQL is told the size of numbers."""
    kind = canonical.itself(field)
    return None if kind is int and vendor != "sqlite" else kind


@cache
def _change(model: type[models.Model], names: tuple[str, ...], among: tuple[tuple[str, int], ...]) -> str:
    """Spelled once for the fields that some act changes together."""
    values = ", ".join(f"{column(model, name)} = %s" for name in names)
    where = [f"{column(model, name)} IN ({', '.join(['%s'] * count) or 'NULL'})" for name, count in among]
    key = " AND ".join([f"{column(model, model._meta.pk.name)} = %s", *where])
    return f"UPDATE {model._meta.db_table} SET {values} WHERE {key}"  # noqa: S608  columns of our model


def _cell(here: Any, field: Any, value: Any) -> Any:
    """What the database is told: of another row its key."""
    if canonical.as_it_is(field, value) and type(value) is not int:  # whose size PostgreSQL is told
        return value
    if canonical.momentary(field, value):
        return _moment(here, value)
    if type(value) in _JSON and type(field) is models.JSONField and field.encoder is None:
        # As the framework does, without its detour; PostgreSQL reads the text itself.
        return json.dumps(value) if here.vendor == "sqlite" else canonical.dumps(value)
    key = value.prepare_database_save(field) if isinstance(value, models.Model) else value
    return field.get_db_prep_save(key, here)


def moment(at: datetime) -> Any:
    """As the database takes it; SQLite keeps texts."""
    return _moment(statements.own(), at)


def _moment(here: Any, at: datetime) -> Any:
    return spelled(canonical.moment(at)) if here.vendor == "sqlite" else at


def spelled(moment: str) -> str:
    """A canonical moment as the framework spells it for SQLite."""
    return f"{moment[:10]} {moment[11:-1].removesuffix('.000000')}"
