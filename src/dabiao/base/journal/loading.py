"""Many rows into a table at once, the fastest way each database has; the journal is the caller's business."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, Final

import orjson
from django.db import connection, models, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models.expressions import RawSQL

from dabiao.base import statements
from dabiao.base.journal import pouring

Rows = Iterable[Sequence[Any]]
Cells = Sequence[Any]
ASIDE = "base_batch_new"
# The name is looked up once: without OFFSET it would be for every key.
_RESERVED: Final = """SELECT nextval(s.keys) FROM (
SELECT pg_get_serial_sequence(%s, %s)::regclass AS keys OFFSET 0) s, generate_series(1, %s)"""


def reserve(model: type[models.Model], count: int) -> list[int]:
    """Keys nobody else will be given, ascending."""
    return reserving(model, count)()


def reserving(model: type[models.Model], count: int) -> Callable[[], list[int]]:
    """The same, told when it is called."""
    if connection.vendor == "postgresql":
        told = statements.coming((_RESERVED, (_table(model), _column(model), count)))
        return lambda: [key for (key,) in told()[0]]
    keys = _reserve(model, count)
    return lambda: keys


def _reserve(model: type[models.Model], count: int) -> list[int]:
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        last = _move_sequence(cursor, model, count)
        return list(range(last - count + 1, last + 1))


def _move_sequence(cursor: CursorWrapper, model: type[models.Model], count: int) -> int:
    """SQLite's AUTOINCREMENT: the last key given, moved on as if `count` rows had come and gone."""
    table = _table(model)
    newest = f"(SELECT COALESCE(MAX({_quoted(_column(model))}), 0) FROM {_quoted(table)})"  # noqa: S608
    moved = f"UPDATE sqlite_sequence SET seq = MAX(seq, {newest}) + %s WHERE name = %s"  # noqa: S608
    cursor.execute(moved, [count, table])
    if not cursor.rowcount:
        first = f"INSERT INTO sqlite_sequence (name, seq) VALUES (%s, {newest} + %s)"  # noqa: S608
        cursor.execute(first, [table, count])
    cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
    return int(cursor.fetchone()[0])


def among(keys: Iterable[int]) -> RawSQL:
    """For `pk__in=`: any number of keys as one parameter, which saves some microseconds on each."""
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::bigint[])", [list(keys)])
    return RawSQL("SELECT value FROM json_each(%s)", [orjson.dumps(list(keys)).decode()])


def listed_texts() -> str:
    """SQL that lists the texts of one parameter, which `spelled_texts` makes: JSON on both, for the driver
    spells an array text by text."""
    elements = "json_array_elements_text(%s::json)" if connection.vendor == "postgresql" else "json_each(%s)"
    return f"SELECT value FROM {elements}"  # noqa: S608  no values


def spelled_texts(texts: Iterable[str]) -> str:
    return orjson.dumps(list(texts)).decode()


def fill(model: type[models.Model], fields: Sequence[Any], cells: Sequence[Cells]) -> None:
    """Rows given column by column, as the database takes them. Where nothing is waited for, in a statement of
    their own; the first column is the key."""
    columns = [str(each.column) for each in fields]
    if not (statements.flows() and pouring.pour(_table(model), fields, cells)):
        insert(_table(model), columns, zip(*cells, strict=True))


def insert(table: str, columns: Sequence[str], rows: Rows) -> None:
    """Rows as the database takes them."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _copy(cursor, table, columns, rows)
            return
        marks = ", ".join(["%s"] * len(columns))
        _each(cursor, f"INSERT INTO {_quoted(table)} ({_list(columns)}) VALUES ({marks})", rows)  # noqa: S608


def update(table: str, key: str, columns: Sequence[str], rows: Rows, counting: str = "") -> int:
    """Rows of key and new values; `counting` is a column that goes up by one. How many rows there were."""
    up = [f"{_quoted(counting)} = {_quoted(table)}.{_quoted(counting)} + 1"] if counting else []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _copy_aside(cursor, table, [key, *columns], rows)
            new = [f"{_quoted(name)} = n.{_quoted(name)}" for name in columns]
            return _update_from_aside(cursor, table, key, ", ".join([*new, *up]))
        changes = ", ".join([*(f"{_quoted(name)} = %s" for name in columns), *up])
        turned = ((*values, number) for number, *values in rows)
        _each(cursor, f"UPDATE {_quoted(table)} SET {changes} WHERE {_quoted(key)} = %s", turned)  # noqa: S608
        return int(cursor.rowcount)


def renew(
    model: type[models.Model], names: Sequence[str], rows: Sequence[Sequence[int]]
) -> Callable[[], int]:
    """Few rows of key and new numbers, in one statement. What is told later is how many rows there were."""
    if len(rows) > 1 and statements.flows():
        return pouring.change(_table(model), _column(model), names, rows)
    count = _renew(model, names, rows) if rows else 0
    return lambda: count


def _renew(model: type[models.Model], names: Sequence[str], rows: Sequence[Sequence[int]]) -> int:
    marks = ", ".join([f"({', '.join(['%s'] * (len(names) + 1))})"] * len(rows))
    sql = _renewal(model, tuple(names)).format(marks)
    values = [value for row in rows for value in row]
    if len(rows) == 1:
        return statements.touched(sql, *values)
    with connection.cursor() as cursor:  # the framework's: so many values are not worth a plan that is kept
        if connection.vendor == "postgresql":
            cursor.execute(f"{sql} RETURNING 1", values)
            return len(cursor.fetchall())
        cursor.execute(sql, values)
        return int(cursor.rowcount)


@cache
def _renewal(model: type[models.Model], names: tuple[str, ...]) -> str:
    """Every save of an answer asks for it; {} stands for the rows."""
    table, key = _quoted(_table(model)), _quoted(_column(model))
    changes = ", ".join(f"{_quoted(name)} = n.column{at}" for at, name in enumerate(names, 2))
    return f"UPDATE {table} SET {changes} FROM (VALUES {{}}) AS n WHERE {table}.{key} = n.column1"  # noqa: S608


def take_stock(*tables: str) -> None:
    """After many rows PostgreSQL must not plan for the few it knew before, until it looks by itself."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {_list(tables)}")


def delete(table: str, key: str, keys: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        place = f"{_quoted(table)} WHERE {_quoted(key)}"
        if connection.vendor == "postgresql":
            cursor.execute(f"DELETE FROM {place} = ANY(%s)", [list(keys)])  # noqa: S608
        else:
            _each(cursor, f"DELETE FROM {place} = %s", ((each,) for each in keys))  # noqa: S608


def _copy(cursor: CursorWrapper, table: str, columns: Sequence[str], rows: Rows) -> None:
    statement = f"COPY {_quoted(table)} ({_list(columns)}) FROM STDIN"
    with statements.still(), connection.wrap_database_errors, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _copy_aside(cursor: CursorWrapper, table: str, columns: Sequence[str], rows: Rows) -> None:
    """Into a temporary table with the same columns."""
    as_there = f"SELECT {_list(columns)} FROM {_quoted(table)} WHERE false"  # noqa: S608  names from our models
    cursor.execute(f"CREATE TEMP TABLE {ASIDE} AS {as_there}")
    _copy(cursor, ASIDE, columns, rows)


def _update_from_aside(cursor: CursorWrapper, table: str, key: str, changes: str) -> int:
    where = f"{_quoted(table)}.{_quoted(key)} = n.{_quoted(key)}"
    cursor.execute(f"UPDATE {_quoted(table)} SET {changes} FROM {ASIDE} n WHERE {where}")  # noqa: S608
    count = int(cursor.rowcount)
    cursor.execute(f"DROP TABLE {ASIDE}")
    return count


def _each(cursor: CursorWrapper, statement: str, rows: Rows) -> None:
    """One prepared statement, row after row."""
    cursor.executemany(statement, rows)  # type: ignore[arg-type]  # any iterable will do


def _table(model: type[models.Model]) -> str:
    return model._meta.db_table


def _column(model: type[models.Model]) -> str:
    return str(model._meta.pk.column)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _list(names: Sequence[str]) -> str:
    return ", ".join(_quoted(name) for name in names)
