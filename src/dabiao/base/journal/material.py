"""SQL that lays out, row by row and to the byte, what the digests of the journal cover.

The database joins the text, Python hashes it: about what reading the rows and hashing them costs.
"""

from collections.abc import Iterable

from django.db import connection

from dabiao.base import moments

_MATERIAL = """algorithm || {n} || previous || {n} || chain || {n} || CAST(seq AS text) || {n}
|| CAST(id AS text) || {n} || act || {n} || COALESCE(CAST(actor AS text), '') || {n}
|| {received} || {n} || body"""


def received() -> str:
    """SQL: the canonical moment of receipt."""
    return moments.moment("received_at")


def entries() -> str:
    """SQL: id, chain, seq, previous, digest, algorithm, material; chain by chain."""
    sqlite = connection.vendor == "sqlite"
    text = _MATERIAL.format(n="char(10)" if sqlite else "chr(10)", received=received())
    text = f"CAST({text} AS blob)" if sqlite else text  # spares decoding and encoding again
    return f"""SELECT id, chain, seq, previous, digest, algorithm, {text}
    FROM base_journal_entry ORDER BY chain, seq"""  # noqa: S608  text from above


POSITIONS = """SELECT p.position, p.entry_id, p.head, e.digest, e.algorithm
FROM base_journal_position p LEFT JOIN base_journal_entry e ON e.id = p.entry_id ORDER BY p.position"""

# SQLite stores any type in any column; a blob would join to the same text.
_TYPES = {
    "base_journal_entry": {
        "integer": ("id", "seq"),
        "null', 'integer": ("actor",),
        "text": ("chain", "previous", "algorithm", "act", "received_at", "body", "digest"),
    },
    "base_journal_position": {"integer": ("position", "entry_id"), "text": ("head",)},
    "base_batch": {
        "integer": ("id", "after", "waiting"),
        "null', 'integer": ("entry_id",),
        "text": ("act", "title", "source", "algorithm", "begun_at", "touched_at"),
    },
    "base_batch_chunk": {
        "integer": ("id", "batch_id", "number", "rows", "first", "last"),
        "text": ("target", "how", "root"),
        "blob": ("packed",),
    },
    "base_checkpoint": {"integer": ("id", "first", "last"), "text": ("made_at", "document")},
}


def misfits(tables: Iterable[str]) -> list[tuple[str, str]]:
    """(table, SQL for the keys of rows with a type their columns cannot have); PostgreSQL keeps types."""
    if connection.vendor != "sqlite":
        return []
    return [(table, _misfits(table, _TYPES[table])) for table in tables]


def _misfits(table: str, types: dict[str, tuple[str, ...]]) -> str:
    wrong = " OR ".join(
        f"typeof({name}) NOT IN ('{kind}')" for kind, names in types.items() for name in names
    )
    return f"SELECT rowid FROM {table} WHERE {wrong}"  # noqa: S608  names from above
