"""Statements spelled by hand, for what every request or every save asks.

The ORM needs several times as long to spell such a question as the database to answer it (bench/RESULTS.md).
Everything else is asked through models.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, Final, NamedTuple, TypeVar, cast

from django.core.exceptions import ObjectDoesNotExist
from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.backends.utils import CursorWrapper

Row = TypeVar("Row", bound=models.Model)

LAST_KEY: Final = 2**63 - 1  # no column takes a longer number, however long the address that names it


def cursor() -> CursorWrapper:
    """What is executed with it is parsed and planned once in a connection: SQLite's driver keeps statements
    by itself, PostgreSQL is asked to. For the few statements that are asked again and again.

    Where queries are logged the framework's own cursor is used, whose log shows the values too.
    """
    here: Any = connections[DEFAULT_DB_ALIAS]
    if here.vendor != "postgresql" or here.queries_logged:
        return cast(CursorWrapper, here.cursor())
    here.close_if_health_check_failed()
    here.ensure_connection()
    with here.wrap_database_errors:
        return cast(CursorWrapper, here._prepare_cursor(_keeping(here.Database.Cursor)(here.connection)))


@cache
def _keeping(kind: Any) -> Any:
    """The driver's cursor; the framework's own writes values into the text, which is new each time then."""

    def execute(self: Any, sql: str, values: Sequence[Any] | None = None) -> Any:
        return kind.execute(self, sql, values, prepare=True)

    return type("Keeping", (kind,), {"execute": execute})


def rows(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """All rows of one statement; values go in by %s."""
    with cursor() as asked:
        asked.execute(sql, values)
        return list(asked.fetchall())


def together(*asked: tuple[str, Sequence[Any]]) -> list[list[tuple[Any, ...]]]:
    """All rows of each of several statements of which none needs what another tells. They are executed one
    after the other, each seeing what those before it have waited for; PostgreSQL is asked and answers once.
    """
    here: Any = connections[DEFAULT_DB_ALIAS]
    if here.vendor != "postgresql" or here.queries_logged or here.execute_wrappers:
        return [rows(sql, *values) for sql, values in asked]
    told = [cursor() for _ in asked]
    with here.wrap_database_errors, here.connection.pipeline():
        for one, (sql, values) in zip(told, asked, strict=True):
            one.execute(sql, values)
    return [list(one.fetchall()) for one in told]


def columns(model: type[models.Model], alias: str) -> str:
    """All columns of a model, in the order in which `read` takes their cells."""
    return ", ".join(f"{alias}.{each.column}" for each in model._meta.concrete_fields)


def read(model: type[Row], cells: Sequence[Any]) -> Row:
    """The row of a statement that begins with these columns; what more it has is the caller's."""
    names, converters = _shape(model)
    values = list(cells[: len(names)])
    for at, steps, column in converters:
        values[at] = _converted(values[at], steps, column)
    return model.from_db(DEFAULT_DB_ALIAS, names, values)


def _converted(value: Any, steps: Sequence[Callable[[Any, Any, Any], Any]], column: Any) -> Any:
    for step in steps:
        value = step(value, column, connection)
    return value


def read_each(cells: Sequence[Any], *kinds: type[models.Model]) -> list[Any]:
    """The rows of a statement that begins with the columns of these models; None where one joined none."""
    found: list[Any] = []
    for kind in kinds:
        count = len(kind._meta.concrete_fields)
        found.append(None if cells[0] is None else read(kind, cells))
        cells = cells[count:]
    return found


def renew(row: models.Model, names: Sequence[str], *, hold: bool = False) -> None:
    """Read some fields of a row again; `hold`: and keep other writers off it until the transaction ends."""
    model = type(row)
    found = rows(_renewal(model, tuple(names), hold=hold), row.pk)
    if names and not found:
        raise ObjectDoesNotExist(f"{model._meta.db_table}:{row.pk}")
    for name, cell in zip(names, found[0][1:] if found else (), strict=False):
        field: Any = model._meta.get_field(name)
        setattr(row, field.attname, _value(model, field, cell))
        if field.is_relation and field.is_cached(row):
            field.delete_cached_value(row)


def _value(model: type[models.Model], field: Any, cell: Any) -> Any:
    for _, steps, column in _shape(model).converters:
        if column.target is field:
            return _converted(cell, steps, column)
    return cell


@cache
def _renewal(model: type[models.Model], names: tuple[str, ...], *, hold: bool) -> str:
    key = _column(model, model._meta.pk.name)
    asked = ", ".join(f"t.{each}" for each in (key, *(_column(model, name) for name in names)))
    mine = f"SELECT {asked} FROM {model._meta.db_table} t WHERE t.{key} = %s"  # noqa: S608  columns of our model
    return mine + (held("t") if hold else "")


class _Shape(NamedTuple):
    names: list[str]
    converters: list[tuple[int, list[Callable[[Any, Any, Any], Any]], Any]]


@cache
def _shape(model: type[models.Model]) -> _Shape:
    """What makes values of cells: worked out once, where the ORM's raw statements do it every time."""
    fields = model._meta.concrete_fields
    told = [(at, each.get_col(model._meta.db_table), each) for at, each in enumerate(fields)]
    steps = [(at, connection.ops.get_db_converters(col), each, col) for at, col, each in told]
    all_steps = [(at, [*ours, *each.get_db_converters(connection)], col) for at, ours, each, col in steps]
    return _Shape([each.attname for each in fields], [each for each in all_steps if each[1]])


def change(row: models.Model, values: Mapping[str, Any], among: Mapping[str, Sequence[Any]]) -> bool:
    """Give fields of one row new values, where each field in `among` is one of those named there. Whether
    there was such a row; the one in memory stays as it is."""
    model, only = type(row), [each for values in among.values() for each in values]
    cells = [_cell(model._meta.get_field(name), value) for name, value in values.items()]
    with cursor() as told:
        sql = _change(model, tuple(values), tuple((name, len(each)) for name, each in among.items()))
        told.execute(sql, (*cells, row.pk, *only))
        return bool(told.rowcount)


@cache
def _change(model: type[models.Model], names: tuple[str, ...], among: tuple[tuple[str, int], ...]) -> str:
    """Spelled once for the fields that some act changes together."""
    values = ", ".join(f"{_column(model, name)} = %s" for name in names)
    where = [f"{_column(model, name)} IN ({', '.join(['%s'] * count) or 'NULL'})" for name, count in among]
    key = " AND ".join([f"{_column(model, model._meta.pk.name)} = %s", *where])
    return f"UPDATE {model._meta.db_table} SET {values} WHERE {key}"  # noqa: S608  columns of our model


def _column(model: type[models.Model], name: str) -> str:
    field: Any = model._meta.get_field(name)
    return str(connection.ops.quote_name(field.column))


def _cell(field: Any, value: Any) -> Any:
    """What the database is told: of another row its key."""
    key = value.prepare_database_save(field) if isinstance(value, models.Model) else value
    return field.get_db_prep_save(key, connection)


def by_key(rows: "models.QuerySet[Row]", key: int) -> Row | None:
    """The row of this key, if it is among them. Not put in order, as `first` does: to sort one row the ORM
    compares every column of all that is read with it."""
    return next(iter(rows.filter(pk=key).order_by()), None)


# Any other spelling of the moment than the one Django writes gives ''.
_SQLITE_MOMENT: Final = """CASE
WHEN length({at}) = 26 AND substr({at}, 11, 1) = ' ' AND substr({at}, 20) <> '.000000'
THEN substr({at}, 1, 10) || 'T' || substr({at}, 12) || 'Z'
WHEN length({at}) = 19 AND substr({at}, 11, 1) = ' '
THEN substr({at}, 1, 10) || 'T' || substr({at}, 12) || '.000000Z'
ELSE '' END"""
_POSTGRESQL_MOMENT: Final = (
    """COALESCE(to_char({at} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), '')"""
)


def moment(column: str) -> str:
    """A moment as `canonical.moment` spells it, made by the database; '' for a cell that holds none."""
    return (_SQLITE_MOMENT if connection.vendor == "sqlite" else _POSTGRESQL_MOMENT).format(at=column)


def held(alias: str) -> str:
    """What keeps other writers off a row until the transaction ends; those that refer to it may still come.

    Empty on SQLite, which has one writer anyway.
    """
    features = connection.features
    if not features.has_select_for_update:
        return ""
    return f" FOR {'NO KEY ' if features.has_select_for_no_key_update else ''}UPDATE OF {alias}"
