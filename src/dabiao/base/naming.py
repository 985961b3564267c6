"""Public records by any part of the name of a unit in them, through the index of base migration 0009.

Pairs of characters narrow down; whether a name has the text is for who asks to say.
"""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any, Final, TypeAlias

from django.db import connection

from dabiao.base import records, statements
from dabiao.base.records import INDEXED

PAIR: Final = re.compile("(?=([\u4e00-\u9fff]{2}))")
COMMON: Final = frozenset(("有限", "限公", "公司", "限责", "责任", "任公", "股份", "份有"))  # of firms
MOST_PAIRS: Final = 6  # how a name begins tells enough, and each pair takes time
Row: TypeAlias = tuple[Any, ...]
# Record after record of those the index finds, whatever the planner thinks of their number.
FOUND: Final = {
    "sqlite": "SELECT r.since, r.id, {told} FROM (SELECT rowid AS id FROM base_public_record_words "
    "WHERE base_public_record_words MATCH %s) AS w CROSS JOIN base_public_record AS r ON r.id = w.id "
    "WHERE r.kind = %s AND r.since <= %s LIMIT %s",
    "postgresql": "SELECT since, id, {told} FROM (SELECT * FROM base_public_record "
    "WHERE base_public_record_pairs(payload ->> 'unit') @> %s::text[] OFFSET 0) AS r "
    "WHERE kind = %s AND since <= %s LIMIT %s",
}


def pairs(text: str) -> list[str]:
    """Chinese characters side by side that tell names apart; all else is written in too many ways."""
    found = list(dict.fromkeys(PAIR.findall(text)))
    return ([pair for pair in found if pair not in COMMON] or found)[:MOST_PAIRS]


def holding(kind: str, day: date, sought: list[str], told: Iterable[str], most: int) -> list[Row]:
    """(day, key, name, what is told under each of `told`) of records published by that day under a name that
    has all these pairs; no more than `most`, in no order."""
    sqlite = connection.vendor == "sqlite"
    wanted = " AND ".join(f'"n{pair}"' for pair in sought) if sqlite else sought
    return statements.rows(statement(told), wanted, kind, day, most)


def statement(told: Iterable[str] = ()) -> str:
    spelled = records.SPELLED[connection.vendor]
    names = ("unit", *(INDEXED[INDEXED.index(name)] for name in told))  # none but names of ours
    return FOUND[connection.vendor].format(told=", ".join(map(spelled.format, names)))
