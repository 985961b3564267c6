"""The table, for eyes and for RESULTS.md."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from bench.rows import Row

HEADS = ("what", "median ms", "p95 ms", "floor ms", "× floor", "kB gz", "aim", "met", "n")
INTRO = """# Bench

Each row was measured in one run by turns with its floor: the same rows written or read by raw SQL through
sqlite3 / psycopg on a copy of the same database with the same durability, the same bytes hashed bare, the
same statements or document source without us. Aims are aims: a row that misses one says so and fails nothing.
`make bench` writes this file anew.
"""


def markdown(found: Mapping[str, Sequence[Row]], machine: Iterable[str], day: date) -> str:
    parts = [INTRO, f"{day.isoformat()}\n", *(f"- {line}" for line in machine)]
    for title, rows in found.items():
        parts += [f"\n## {title}\n", _line(HEADS), _line(["---", *["---:"] * 5, "---", "---", "---:"])]
        parts += [_line(cells(row)) for row in rows]
    return "\n".join(parts) + "\n"


def plain(title: str, rows: Sequence[Row]) -> str:
    """The same table in columns."""
    table = [HEADS, *(cells(row) for row in rows)]
    widths = [max(len(row[place]) for row in table) for place in range(len(HEADS))]
    drawn = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in table)
    return "\n".join([f"\n{title}", *drawn])


def cells(row: Row) -> tuple[str, ...]:
    if row.timing is None:
        return (f"{row.name}: {row.note}", *[""] * (len(HEADS) - 1))
    return (
        f"{row.name} ({row.note})" if row.note else row.name,
        _ms(row.timing.median),
        _ms(row.timing.p95),
        _ms(row.floor.median) if row.floor else "",
        f"{row.ratio:.1f}" if row.ratio else "",
        f"{row.size / 1000:.1f}" if row.size else "",
        str(row.aim) if row.aim else "",
        {None: "", True: "met", False: "NOT met"}[row.met],
        str(row.timing.times),
    )


def _ms(value: float) -> str:
    return f"{value:.3f}" if value < 1 else f"{value:.1f}" if value < 100 else f"{value:.0f}"


def _line(found: Iterable[str]) -> str:
    return "| " + " | ".join(found) + " |"
