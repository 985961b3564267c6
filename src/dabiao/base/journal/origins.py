"""Rows a bulk act made: where in it a row began. The row's own chain starts from that leaf."""

from dabiao.base.journal.packing import Chunk
from dabiao.base.models import BatchChunk

NO_KEY = -1
MOST_DIGITS = 18


def place_of(chain: str) -> tuple[str, int]:
    """Table and key a chain's name stands for; rows of bulk acts have numbers for keys."""
    table, _, key = chain.partition(":")
    return table, int(key) if key.isascii() and key.isdecimal() and len(key) <= MOST_DIGITS else NO_KEY


def leaf(chunk: int, key: int) -> str:
    """Digest of the row's line in the chunk, or nothing where the chunk spans the key without holding it."""
    row = BatchChunk.objects.select_related("batch").get(pk=chunk)
    lines = Chunk.unpack(bytes(row.packed))
    keys = lines.keys()
    return lines.leaves(row.batch.algorithm)[keys.index(key)].hex() if key in keys else ""
