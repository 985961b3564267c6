"""Words under which rows are found: an inverted index beside a table, the same on both databases.

tsvector with GIN on PostgreSQL, a contentless FTS5 table on SQLite. A word is letters and digits, no signs;
rows are known by a whole number, and entered and taken away with all their words, separated by spaces.
A longer word than the database can hold is asked for by its beginning: words narrow down, they do not decide.
A migration creates it (organisations 0007 shows how); the model it belongs to names it in `word_index`.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final, Protocol

from django.db import connection
from django.db.backends.utils import CursorWrapper

from dabiao.base.journal import loading

LONGEST: Final = 500  # characters of a word asked for; PostgreSQL holds 2046 bytes of one
SHADOWS: Final = ("", "_data", "_idx", "_config")  # what FTS5 makes of one table
FOUND: Final = {
    "sqlite": "SELECT rowid AS place FROM {name} WHERE {name} MATCH %s",
    "postgresql": "SELECT place FROM {name} WHERE words @@ %s::tsquery",
}
KEY: Final = {"sqlite": "rowid", "postgresql": "place"}


class Word(Protocol):
    @property
    def text(self) -> str: ...
    @property
    def begins(self) -> bool: ...


Query = Sequence[Sequence[Sequence[Word]]]  # each of these: one of these: all of these
Entry = tuple[int, str]


def enter(name: str, rows: Sequence[Entry]) -> None:
    """New rows; in the order of their numbers, which FTS5 writes several times faster."""
    ordered = sorted(rows)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _copy(cursor, name, ordered)
        else:
            cursor.executemany(f"INSERT INTO {name}(rowid, words) VALUES (%s, %s)", ordered)  # noqa: S608


def _copy(cursor: CursorWrapper, name: str, rows: Iterable[Entry]) -> None:
    with cursor.copy(f"COPY {name} (place, words) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def take_away(name: str, rows: Iterable[Entry]) -> None:
    """With the words they were entered under: SQLite keeps no copy of them."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.executemany(f"DELETE FROM {name} WHERE place = %s", [(row[0],) for row in rows])  # noqa: S608
        else:
            taking = f"INSERT INTO {name}({name}, rowid, words) VALUES ('delete', %s, %s)"  # noqa: S608
            cursor.executemany(taking, list(rows))


def clear(name: str) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"DELETE FROM {name}")  # noqa: S608  a name of ours
        else:
            cursor.execute(f"INSERT INTO {name}({name}) VALUES ('delete-all')")  # noqa: S608


def settle(name: str) -> None:
    """After many entries: PostgreSQL puts what it has collected where searches find it, and counts anew."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [f"{name}_words"])
        loading.take_stock(name)


def found(name: str, query: Query, order: str = "", beyond: int | None = None) -> tuple[str, list[Any]]:
    """A statement giving `place` of the rows found, and its parameters.

    In no order, or ASC or DESC, then also from beyond a place on.
    """
    vendor = connection.vendor
    sql, params, key = FOUND[vendor].format(name=name), [spelled(query)], KEY[vendor]
    if beyond is not None:
        sql = f"{sql} AND {key} {'<' if order == 'DESC' else '>'} {beyond:d}"
    return f"{sql} ORDER BY {key} {order}" if order else sql, params


def spelled(query: Query) -> str:
    """The query in the words of the database."""
    sqlite = connection.vendor == "sqlite"
    both, either = (" AND ", " OR ") if sqlite else (" & ", " | ")
    word = _fts if sqlite else _tsquery
    return both.join(
        "(" + either.join("(" + both.join(word(each) for each in together) + ")" for together in ways) + ")"
        for ways in query
    )


def _fts(word: Word) -> str:
    quoted = '"' + word.text[:LONGEST].replace('"', '""') + '"'
    return f"{quoted} *" if word.begins else quoted


def _tsquery(word: Word) -> str:
    quoted = "'" + word.text[:LONGEST].replace("\\", "\\\\").replace("'", "''") + "'"
    return f"{quoted}:*" if word.begins else quoted
