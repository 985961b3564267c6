"""Statements spelled by hand, for what every request or every save asks.

The ORM needs several times as long to spell such a question as the database to answer it (bench/RESULTS.md).
Everything else is asked through models.
"""

from typing import Any, Final

from django.db import connection

LAST_KEY: Final = 2**63 - 1  # no column takes a longer number, however long the address that names it


def rows(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """All rows of one statement; values go in by %s."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def held(alias: str) -> str:
    """What keeps other writers off a row until the transaction ends; those that refer to it may still come.

    Empty on SQLite, which has one writer anyway.
    """
    features = connection.features
    if not features.has_select_for_update:
        return ""
    return f" FOR {'NO KEY ' if features.has_select_for_no_key_update else ''}UPDATE OF {alias}"
