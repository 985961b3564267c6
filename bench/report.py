"""The table, for eyes and for RESULTS.md."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from bench.rows import Row

HEADS = ("what", "median ms", "p95 ms", "floor ms", "× floor", "kB gz", "aim", "met", "n")
INTRO = """# Bench

Each row was measured in one run by turns with its floor: the same rows written or read by raw SQL through
sqlite3 / psycopg on a copy of the same database with the same durability, the same bytes hashed bare, the
same statements or document source without us. The product's heap is settled as a served worker's is.
HTTP "called in process" calls the application as a server does, through the whole middleware, in the process
that measures the floor too; "over a socket" is a real server, asked as a browser asks it.
Aims are aims: a row that misses one says so and fails nothing.
`make bench` writes the first part anew, `make million` the second; neither touches the other's.
"""
EVERYDAY, MILLION = "# Everyday", "# A million rows"
UNFINISHED = "\nThis run was not finished (or goes on).\n"


@dataclass(frozen=True, slots=True)
class Part:
    """What one command measures: on which machine, and the rows so far by database."""

    title: str
    machine: Sequence[str]
    rows: dict[str, list[Row]] = field(default_factory=dict)


def put(there: str, part: Part, day: date, *, done: bool) -> str:
    """The whole file, with this part in place of what stood there of it."""
    parts = {title: _standing(there, title) for title in (EVERYDAY, MILLION)}
    parts[part.title] = _markdown(part, day) + ("" if done else UNFINISHED)
    return "\n".join([INTRO, *(text for text in parts.values() if text)])


def _standing(there: str, title: str) -> str:
    """This part as it stands in the file."""
    _, _, after = f"\n{there}".partition(f"\n{title}\n")
    return f"{title}\n{after.partition(chr(10) + '# ')[0].rstrip()}\n" if after else ""


def _markdown(part: Part, day: date) -> str:
    lines = [f"{part.title}\n", f"{day.isoformat()}\n", *(f"- {line}" for line in part.machine)]
    for vendor, rows in part.rows.items():
        lines += [f"\n## {vendor}\n", _line(HEADS), _line(["---", *["---:"] * 5, "---", "---", "---:"])]
        lines += [_line(cells(row)) for row in rows]
    return "\n".join(lines) + "\n"


def told(row: Row) -> str:
    """One row for eyes."""
    return " · ".join(cell or "–" for cell in cells(row))


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
