"""The journal divided by ids and by positions, so that several processes can look at it at once."""

from typing import Final, NamedTuple

from django.db import connection

LEAST: Final = 20_000  # entries a process; with fewer it is not reliably quicker, see decision 0004
BESIDES: Final = 2000  # entries that might be looked at in the time that starting others and the rest takes


class Share(NamedTuple):
    """Entries with ids and positions with numbers from `first…` on, and before `next…`; None: no bound."""

    first_entry: int | None = None
    next_entry: int | None = None
    first_position: int | None = None
    next_position: int | None = None

    @property
    def entries(self) -> str:
        """SQL: which entries."""
        return _within("id", self.first_entry, self.next_entry)

    @property
    def positions(self) -> str:
        """SQL: which positions."""
        return _within("p.position", self.first_position, self.next_position)


ALL: Final = Share()


def worthwhile(processes: int) -> int:
    """How many processes of so many are worth starting."""
    first, last = _ends("id", "base_journal_entry")
    return max(1, min(processes, (last - first + 1) // LEAST))


def divided(count: int) -> list[Share]:
    """Everything in so many shares, a smaller one first; nothing lies outside of them, of whatever number."""
    entries = _borders(*_ends("id", "base_journal_entry"), count, BESIDES)
    positions = _borders(*_ends("position", "base_journal_position"), count)
    return [Share(*one, *other) for one, other in zip(entries, positions, strict=True)]


def _borders(first: int, last: int, count: int, less: int = 0) -> list[tuple[int | None, int | None]]:
    size = last - first + 1 + less
    inner = [first + max(size * place // count - less, 0) for place in range(1, count)]
    return list(zip([None, *inner], [*inner, None], strict=True))


def _ends(name: str, table: str) -> tuple[int, int]:
    with connection.cursor() as cursor:
        # One by one: SQLite would read the whole table for both at once.
        ends = [f"(SELECT {end}({name}) FROM {table})" for end in ("MIN", "MAX")]  # noqa: S608  names of ours
        cursor.execute(f"SELECT {', '.join(ends)}")
        first, last = (one if isinstance(one, int) else 0 for one in cursor.fetchone())
    return first, max(first, last)


def _within(name: str, first: int | None, following: int | None) -> str:
    bounds = [f"{name} >= {first}"] if first is not None else []
    bounds += [f"{name} < {following}"] if following is not None else []
    return " AND ".join(bounds) or "1 = 1"
