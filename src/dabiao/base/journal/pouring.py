"""Rows put into a table of PostgreSQL, or changed there, by one statement that flows; COPY cannot.

A column goes as one text, cut apart by the database: an array takes the driver ten times as long to spell.
What is the same in all rows goes once. Nothing is cast to a length: what does not fit is refused as ever.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from typing import Any, Final

from django.db import connection

from dabiao.base import statements

BETWEEN: Final = "\x1f"  # two values
NOTHING: Final = "\x1e"  # stands for NULL
SHAPES: Final = 64  # statements whose spelling is kept
_PLAIN: Final = frozenset({str, int, bool, type(None)})
_CUT: Final = r"string_to_table(%s, E'\x1f', E'\x1e')"
Cells = Sequence[Any]


def pour(table: str, fields: Sequence[Any], cells: Sequence[Cells]) -> bool:
    """Whether they could be put in like this; the first column is a key, another number in every row."""
    once = (False, *(each.count(each[0]) == len(each) for each in cells[1:]))
    texts = [_joined(each) for each, same in zip(cells, once, strict=True) if not same]
    if "" in texts:
        return False
    single = [each[0] for each, same in zip(cells, once, strict=True) if same]
    statements.written(_insertion(table, tuple(map(_column, fields)), once), *single, *texts)
    return True


def change(table: str, key: str, names: Sequence[str], rows: Sequence[Sequence[int]]) -> Callable[[], int]:
    """Rows of key and new numbers, two at least; what is told later is how many there were."""
    texts = [BETWEEN.join(map(str, column)) for column in zip(*rows, strict=True)]
    told = statements.coming((_change(table, key, tuple(names)), texts))
    return lambda: len(told()[0])


def _joined(cells: Cells) -> str:
    """Empty where the database could not tell the values apart, or the driver has to spell them."""
    kinds = set(map(type, cells))
    if not kinds <= _PLAIN:
        return ""
    text = BETWEEN.join(cells if kinds == {str} else _texts(cells, kinds))
    nothing = cells.count(None) if type(None) in kinds else 0
    apart = text.count(BETWEEN) == len(cells) - 1 and text.count(NOTHING) == nothing
    return text if apart else ""


def _texts(cells: Cells, kinds: set[type]) -> Iterable[str]:
    if type(None) not in kinds:
        return map(str, cells)
    return [NOTHING if each is None else str(each) for each in cells]


@cache
def _column(field: Any) -> tuple[str, str]:
    """Its name, and its type without a length: a cast to that would cut off what is too long."""
    kind, _, _ = str(field.cast_db_type(connection)).partition("(")
    return connection.ops.quote_name(field.column), kind


@lru_cache(maxsize=SHAPES)
def _insertion(table: str, columns: tuple[tuple[str, str], ...], once: tuple[bool, ...]) -> str:
    quoted, both = connection.ops.quote_name, list(zip(columns, once, strict=True))
    told = ", ".join(f"{'%s' if same else f'n.{name}'}::{kind}" for (name, kind), same in both)
    cut = [name for (name, _), same in both if not same]
    rows = f"ROWS FROM ({', '.join([_CUT] * len(cut))}) AS n({', '.join(cut)})"
    names = ", ".join(name for name, _ in columns)
    return f"INSERT INTO {quoted(table)} ({names}) SELECT {told} FROM {rows}"  # noqa: S608  of our model


@lru_cache(maxsize=SHAPES)
def _change(table: str, key: str, names: tuple[str, ...]) -> str:
    quoted = connection.ops.quote_name
    new = ", ".join(f"{quoted(each)} = n.{quoted(each)}::bigint" for each in names)
    there, mine, listed = quoted(table), quoted(key), ", ".join(map(quoted, (key, *names)))
    rows = f"ROWS FROM ({', '.join([_CUT] * (len(names) + 1))}) AS n({listed})"
    return f"UPDATE {there} SET {new} FROM {rows} WHERE {there}.{mine} = n.{mine}::bigint RETURNING 1"  # noqa: S608  of our model
