"""Bulk acts against the entries that vouch for them: every row's leaf, every root, every column."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from dabiao.base import canonical
from dabiao.base.journal import cells, chunks, material, packing
from dabiao.base.journal.chains import Begun
from dabiao.base.journal.chunks import Stored
from dabiao.base.journal.covered import Column
from dabiao.base.journal.findings import Broken
from dabiao.base.journal.packing import CHANGE, CREATE, Chunk
from dabiao.base.journal.snapshot import stream
from dabiao.base.models import Batch

_COLUMNS = tuple(Column(str(one.column), one, False) for one in Batch._meta.concrete_fields)
Leaves = Mapping[str, dict[str, Any]]  # leaf -> chain that begins with it -> entry
Row = dict[str, Any]


@dataclass(slots=True)
class Said:
    """What the entries say of one batch."""

    columns: Row
    bulk: dict[str, Any]
    entry: Any
    made: list[Any]


@dataclass(slots=True)
class Totals:
    """What a batch's chunks turned out to hold; `source` names the algorithm."""

    source: Row
    roots: list[str] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=lambda: {CREATE: 0, CHANGE: 0})
    changes: int = 0

    def add(self, stored: Stored, chunk: Chunk) -> None:
        self.roots.append(stored.root)
        self.rows[chunk.how] += len(chunk.lines)
        self.changes += chunk.how == CHANGE


def check(begun: Begun) -> Iterator[Broken]:
    """All bulk acts; `begun` are the chains that say they begin with a row of one."""
    said, rows, leaves = _said(), _rows(), _by_leaf(begun)
    found: dict[Any, Totals] = {}
    for batch, stored in groupby(chunks.every(), key=lambda one: one.batch):
        totals = found[batch] = Totals(said[batch].bulk if batch in said else rows.get(batch, {}))
        for number, one in enumerate(stored, 1):
            yield from _check_chunk(one, number, totals, leaves)
    for batch in sorted({*said, *rows, *found}, key=str):
        yield from _check_batch(batch, said.get(batch), rows.get(batch), found.get(batch, Totals({})))
    for chain, entry in (pair for chains in leaves.values() for pair in chains.items()):
        yield Broken(chain, "链首所指的整批办理中没有这一行", entry)


def _check_chunk(stored: Stored, number: int, totals: Totals, leaves: Leaves) -> Iterator[Broken]:
    chunk = stored.open()
    fitting = stored.fits(chunk, totals.source.get("algorithm")) if chunk else None
    if chunk is None or fitting is None:
        yield _chunk(stored, "行块的内容、摘要或各列不相符，有行被改动")
        return
    if stored.number != number:
        yield _chunk(stored, f"整批办理缺第 {number} 个行块")
    totals.add(stored, chunk)
    _meet(chunk, fitting, leaves)


def _meet(chunk: Chunk, found: list[bytes], leaves: Leaves) -> None:
    """Take the chains that begin with rows of this chunk off the list."""
    for leaf, key in zip(found, chunk.keys(), strict=True) if leaves else ():
        if chains := leaves.get(leaf.hex()):
            chains.pop(f"{chunk.target}:{key}", None)


def _check_batch(batch: Any, said: Said | None, row: Row | None, totals: Totals) -> Iterator[Broken]:
    if row is None or (said is None and row["entry_id"] is not None):
        yield _batch(batch, "整批办理与台账条目对不上：有一方缺失", said)
    elif said is not None:
        waiting = totals.changes - len(said.made)
        expected = {**said.columns, "waiting": waiting}
        wrong = [one for one in _COLUMNS if not _holds(one, expected[one.name], row[one.name])]
        yield from (_batch(batch, "与台账条目不一致", said, one.name) for one in wrong)
        if not _adds_up(said.bulk, totals):
            yield _batch(batch, "各行块与条目中的总摘要不符，有行块缺失、增加或被替换", said)


def _holds(column: Column, value: Any, raw: Any) -> bool:
    try:
        return cells.holds(column, value, raw)
    except Exception:  # the entry's own value is none that this column can hold
        return False


def _adds_up(bulk: dict[str, Any], totals: Totals) -> bool:
    try:
        root = packing.whole(totals.roots, bulk["algorithm"])
        return (root, len(totals.roots), totals.rows) == (bulk["root"], bulk["chunks"], bulk["rows"])
    except chunks.UNREADABLE:
        return False


def _said() -> dict[Any, Said]:
    """Batch -> what its entries say; an entry that cannot be read is found by its digest."""
    found: dict[Any, Said] = {}
    sql = f"""SELECT id, act, {material.received()}, body FROM base_journal_entry
    WHERE chain LIKE 'base_batch:%%' ORDER BY chain, seq"""  # noqa: S608  text from material
    for entry, act, received, body in (row for rows in stream(sql) for row in rows):
        try:
            bulk = canonical.loads(body)["bulk"]
            if "root" in bulk:
                found[bulk["batch"]] = Said(_columns(entry, act, received, bulk), bulk, entry, [])
            found[bulk["batch"]].made += bulk["made"]
        except chunks.UNREADABLE:
            continue
    return found


def _columns(entry: Any, act: Any, received: Any, bulk: dict[str, Any]) -> Row:
    """What the batch's row must hold."""
    named = {name: bulk[name] for name in ("title", "source", "algorithm", "after")}
    times = {"begun_at": bulk["begun"], "touched_at": received}
    return {"id": bulk["batch"], "act": act, "entry_id": entry, **named, **times}


def _rows() -> dict[Any, Row]:
    wanted = ", ".join(cells.expression(column) for column in _COLUMNS)
    names = [column.name for column in _COLUMNS]
    sql = f"SELECT b.id AS batch, {wanted} FROM base_batch b ORDER BY b.id"  # noqa: S608  names from our model
    return {key: dict(zip(names, raw, strict=True)) for rows in stream(sql) for key, *raw in rows}


def _by_leaf(begun: Begun) -> Leaves:
    leaves: dict[str, dict[str, Any]] = defaultdict(dict)
    for (chain, leaf), entry in begun.items():
        leaves[leaf][chain] = entry
    return dict(leaves)


def _chunk(stored: Stored, what: str) -> Broken:
    table = "base_batch_chunk"
    return Broken(f"{table}:{stored.key}", what, table=table, key=stored.key)


def _batch(batch: Any, what: str, said: Said | None, column: str = "") -> Broken:
    return Broken(f"base_batch:{batch}", what, said.entry if said else None, "base_batch", batch, column)
