"""Adding an entry to the end of its chain: one read, one insert."""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any, Final

from django.conf import settings
from django.db import connection

from dabiao.base import canonical, statements, storing
from dabiao.base.journal import origins
from dabiao.base.models import JournalEntry
from dabiao.kernel.actor import Actor, Post
from dabiao.kernel.acts import Act

GENESIS = "0" * 64

# The id is taken here, after the act's rows were touched: replay relies on it, and the digest covers it.
_END = """SELECT {next_id}, last.seq, last.digest, (SELECT id FROM base_batch_chunk
WHERE target = %s AND first <= %s AND last >= %s AND how = 'create' ORDER BY first DESC LIMIT 1)
FROM (SELECT 1) AS one LEFT JOIN (
SELECT seq, digest FROM base_journal_entry WHERE chain = %s ORDER BY seq DESC LIMIT 1) AS last ON 1 = 1"""
_NEXT_ID = {
    "sqlite": "(SELECT COALESCE(MAX(id), 0) + 1 FROM base_journal_entry)",
    "postgresql": "nextval(pg_get_serial_sequence('base_journal_entry', 'id'))",
}
_INSERT = """INSERT INTO base_journal_entry
(id, chain, seq, previous, algorithm, act, actor, received_at, body, digest)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"""

_NAMES: Final = tuple(each.attname for each in JournalEntry._meta.concrete_fields)


def append(
    act: Act,
    *,
    by: Actor,
    at: datetime,
    chain: str,
    changes: Callable[[], list[dict[str, Any]]],
    note: dict[str, Any],
    done_at: datetime | None = None,
    bulk: dict[str, Any] | None = None,
    end: statements.Coming | None = None,
) -> JournalEntry:
    """Add the entry. The caller holds the chain's subject row and the transaction; `changes` are asked for
    once everything is on its way to the database. `end`: of the chain, where it was asked by now."""
    end = end or ending(chain)
    done = {"changes": changes(), "note": canonical.plain(note), **({} if bulk is None else {"bulk": bulk})}
    body = canonical.packed({**_body(act, by, done_at or at), **done})
    [[(key, seq, previous, chunk)]] = end()
    if seq is None and chunk is not None:
        previous = origins.leaf(chunk, origins.place_of(chain)[1])
    head = (key, chain, (seq or 0) + 1, previous or GENESIS, settings.DABIAO_JOURNAL_ALGORITHM, act.id)
    entry = statements.made(JournalEntry, _NAMES, (*head, by.account, at, body.decode(), ""))
    entry.digest = entry.reckon(body)
    statements.written(_INSERT, *_cells(entry))
    return entry


def ending(chain: str) -> statements.Coming:
    """The id of the next entry and the end of the chain, told when it is called."""
    place = origins.place_of(chain)
    return statements.coming((_end(), (*place, place[1], chain)))


@cache
def _end() -> str:
    return _END.format(next_id=_NEXT_ID[connection.vendor])


def _cells(entry: JournalEntry) -> list[Any]:
    received = storing.moment(entry.received_at)
    head = (entry.id, entry.chain, entry.seq, entry.previous, entry.algorithm, entry.act, entry.actor)
    return [*head, received, entry.body, entry.digest]


def _body(act: Act, by: Actor, done: datetime) -> dict[str, Any]:
    return {
        "sentence": act.sentence,
        "clause": act.clause,
        "by": {"account": by.account, "name": by.name, "posts": [_post(post) for post in by.posts]},
        "done": canonical.moment(done),
    }


def _post(post: Post) -> dict[str, Any]:
    return {"role": str(post.role), "unit": post.unit, "body": post.body, "title": post.title}
