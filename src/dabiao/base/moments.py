"""Moments as the database itself spells them: to make hundreds of values and spell those takes longer."""

from typing import Final

from django.db import connection

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
