"""Public records by any part of the name of a unit in them, through the index of base migration 0009.

Pairs of characters narrow down; whether a name has the text is for who asks to say.
"""

import re
from datetime import date
from typing import Final, TypeAlias

from django.db import connection

from dabiao.base import statements

PAIR: Final = re.compile("(?=([\u4e00-\u9fff]{2}))")
Told: TypeAlias = tuple[date, int, str]  # a record's day and key, and the name in it
# Record after record of those the index finds, whatever the planner thinks of their number.
FOUND: Final = {
    "sqlite": "SELECT r.since, r.id, JSON_EXTRACT(r.payload, '$.unit') FROM "
    "(SELECT rowid AS id FROM base_public_record_words WHERE base_public_record_words MATCH %s) AS w "
    "CROSS JOIN base_public_record AS r ON r.id = w.id WHERE r.kind = %s AND r.since <= %s LIMIT %s",
    "postgresql": "SELECT since, id, told FROM (SELECT since, id, kind, payload ->> 'unit' AS told "
    "FROM base_public_record WHERE base_public_record_pairs(payload ->> 'unit') @> %s::text[] OFFSET 0) AS r "
    "WHERE kind = %s AND since <= %s LIMIT %s",
}


def pairs(text: str) -> list[str]:
    """Chinese characters side by side: all else is written in too many ways."""
    return list(dict.fromkeys(PAIR.findall(text)))


def holding(kind: str, day: date, sought: list[str], most: int) -> list[Told]:
    """Published by that day under a name that has all these pairs; no more than `most`, in no order."""
    sqlite = connection.vendor == "sqlite"
    wanted = " AND ".join(f'"n{pair}"' for pair in sought) if sqlite else sought
    found = statements.rows(FOUND[connection.vendor], wanted, kind, day, most)
    return [(since, key, name) for since, key, name in found]
