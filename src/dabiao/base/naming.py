"""Public records by any part of the name of a unit in them, through the index of base migration 0009.

Pairs of characters narrow down; whether a name has the text is for who asks to say.
"""

import re
from datetime import date
from typing import Final, NamedTuple

from django.db import connection

from dabiao.base import records, statements

PAIR: Final = re.compile("(?=([\u4e00-\u9fff]{2}))")
COMMON: Final = frozenset(("有限", "限公", "公司", "限责", "责任", "任公", "股份", "份有"))  # of firms
MOST_PAIRS: Final = 6  # how a name begins tells enough, and each pair takes time
SAID: Final = ("review_unit", "industry_code", "jurisdiction_code", "level")
# Record after record of those the index finds, whatever the planner thinks of their number.
FOUND: Final = {
    "sqlite": "SELECT r.since, r.id, {told} FROM (SELECT rowid AS id FROM base_public_record_words "
    "WHERE base_public_record_words MATCH %s) AS w CROSS JOIN base_public_record AS r ON r.id = w.id "
    "WHERE r.kind = %s AND r.since <= %s LIMIT %s",
    "postgresql": "SELECT since, id, {told} FROM (SELECT * FROM base_public_record "
    "WHERE base_public_record_pairs(payload ->> 'unit') @> %s::text[] OFFSET 0) AS r "
    "WHERE kind = %s AND since <= %s LIMIT %s",
}


class Told(NamedTuple):
    """Where a record stands in the list, the name in it, and what else is asked of it (`SAID`)."""

    since: date
    key: int
    name: str
    said: tuple[str | None, ...]


def pairs(text: str) -> list[str]:
    """Chinese characters side by side that tell names apart; all else is written in too many ways."""
    found = list(dict.fromkeys(PAIR.findall(text)))
    return ([pair for pair in found if pair not in COMMON] or found)[:MOST_PAIRS]


def holding(kind: str, day: date, sought: list[str], most: int) -> list[Told]:
    """Published by that day under a name that has all these pairs; no more than `most`, in no order."""
    sqlite = connection.vendor == "sqlite"
    wanted = " AND ".join(f'"n{pair}"' for pair in sought) if sqlite else sought
    rows = statements.rows(statement(), wanted, kind, day, most)
    return [Told(since, key, name, tuple(said)) for since, key, name, *said in rows]


def statement() -> str:
    spelled = records.SPELLED[connection.vendor]
    return FOUND[connection.vendor].format(told=", ".join(spelled.format(name) for name in ("unit", *SAID)))
