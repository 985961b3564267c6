"""Business tables against the journal: both must say the same, cell by cell, to the byte."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from dabiao.base import canonical
from dabiao.base.journal import cells, chunks, covered, unfolding
from dabiao.base.journal.covered import Column, Table
from dabiao.base.journal.findings import Broken, Findings, Status
from dabiao.base.journal.folding import Folded
from dabiao.base.journal.snapshot import snapshot, stream

_ENTRIES = "SELECT id, chain, body FROM base_journal_entry ORDER BY id"


@dataclass(slots=True)
class Compared:
    """`broken` places are located by table, key and column."""

    entries: int = 0
    tables: int = 0
    rows: int = 0
    findings: Findings = field(default_factory=Findings)

    @property
    def status(self) -> Status:
        return Status.BROKEN if self.findings.listed else Status.OK

    def plain(self) -> dict[str, Any]:
        counts = {"entries": self.entries, "tables": self.tables, "rows": self.rows}
        return {"status": self.status.value, **counts, **self.findings.plain}


def compare() -> Compared:
    """Fold every entry in the order of ids; compare the outcome with the raw cells of all covered tables."""
    done = Compared()
    with snapshot(), cells.readable(), Folded() as folded:
        for rows in stream(_ENTRIES):
            done.entries += len(rows)
            for entry, chain, body in rows:
                done.findings.add_all(folded.take(int(entry), str(chain), str(body)))
                if str(chain).startswith(chunks.CHAIN):
                    done.findings.add_all(unfolding.take(folded, int(entry), str(body)))
        done.findings.add_all(unfolding.take_unpublished(folded))
        tables = covered.tables()
        for table in tables:
            done.rows += _compare_table(table, folded, done.findings)
        done.tables = len(tables)
        done.findings.add_all(_unknown(folded, {table.name for table in tables}))
    return done


def _compare_table(table: Table, folded: Folded, findings: Findings) -> int:
    """Compare one table; returns how many rows it has."""
    rows = known = 0
    for block in stream(_rows_sql(table)):
        rows += len(block)
        for raw_key, *raw in block:
            key = key_of(table.key, raw_key)
            found = folded.row(table.name, key)
            known += found is not None
            findings.add_all(_compare_row(table, key, raw, found))
    if known < folded.count(table.name):
        findings.add_all(_missing(table, folded))
    return rows


def _rows_sql(table: Table) -> str:
    wanted = ", ".join(cells.expression(column) for column in (table.key, *table.columns))
    return f"SELECT {wanted} FROM {connection.ops.quote_name(table.name)}"  # noqa: S608  names from our models


def key_of(column: Column, raw: Any) -> Any:
    """The canonical key a raw key cell stands for, or a stand-in that no entry can have."""
    try:
        key = canonical.value(column.field, column.field.to_python(raw))
        return key if cells.holds(column, key, raw) else [repr(raw)]
    except Exception:  # an impossible key is a finding, whatever it is
        return [repr(raw)]


def _compare_row(
    table: Table, key: Any, raw: list[Any], found: tuple[dict[str, Any], int] | None
) -> Iterator[Broken]:
    if found is None:
        yield _broken(table, key, "", None, "台账中没有这一行，是绕过系统加入的")
        return
    state, entry = found
    for column, cell in zip(table.columns, raw, strict=True):
        if not _agrees(column, state, cell):
            yield _broken(table, key, column.name, entry, "与台账记录不一致")


def _agrees(column: Column, state: dict[str, Any], raw: Any) -> bool:
    """A column younger than the row holds its default: migrations add columns without an entry."""
    try:
        if column.name in state:
            return cells.holds(column, state[column.name], raw)
        default = column.field.get_default() if column.field.has_default() else None
        return cells.holds(column, canonical.value(column.field, default), raw)
    except Exception:  # the journal's own value is none that this column can hold
        return False


def _missing(table: Table, folded: Folded) -> Iterator[Broken]:
    key_sql = f"SELECT {cells.expression(table.key)} FROM {connection.ops.quote_name(table.name)}"  # noqa: S608
    there = {canonical.dumps(key_of(table.key, raw)) for block in stream(key_sql) for (raw,) in block}
    for key, entry in folded.keys(table.name):
        if canonical.dumps(key) not in there:
            yield _broken(table, key, "", entry, "台账中有这一行，数据库中没有")


def _unknown(folded: Folded, names: Iterable[str]) -> Iterator[Broken]:
    """Rows the journal keeps of tables that are there no more, or that claim to be exempt now."""
    for name in set(folded.tables()) - set(names):
        yield Broken(name, "台账中有该表的记录，但该表现已不受台账覆盖", table=name)


def _broken(table: Table, key: Any, column: str, entry: int | None, what: str) -> Broken:
    return Broken(f"{table.name}:{key}", what, entry, table.name, key, column)
