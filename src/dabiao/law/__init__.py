"""The law as data: every number, limit, share, threshold and ground with its clause and first day.

    validity = law.on(decided)["grading.certificate.validity"]   # Cited(value=3, since=…, clause=…)

Change a number: change the file. Change the shape of a rule: write a new function and choose by day.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache, lru_cache
from types import MappingProxyType

from dabiao.kernel.days import Calendar
from dabiao.kernel.limits import Unit
from dabiao.law import reading
from dabiao.law.citing import clause, clause_text, clause_title, instruments, unknown
from dabiao.law.values import (
    BASIS_TITLES,
    Basis,
    Cited,
    Clause,
    Dated,
    Instrument,
    NotYetInForce,
    Parameter,
    Running,
    UnknownParameter,
    UnreadableLaw,
    plain,
)


@cache
def parameters() -> Mapping[str, Parameter]:
    """All parameters by name; read once."""
    return MappingProxyType(reading.parameters())


@cache
def calendars() -> Calendar:
    """The working-day calendars as officially published; administrators enter further years in `base`."""
    return reading.calendar()


def parameter(name: str) -> Parameter:
    """One parameter with all its values; UnknownParameter names what comes close."""
    if name not in parameters():
        raise unknown("法规参数", name, parameters())
    return parameters()[name]


@dataclass(frozen=True, slots=True)
class Law:
    """The law as it stands on a day."""

    day: date

    def __getitem__(self, name: str) -> Cited:
        """The value in force; UnknownParameter for no such name, NotYetInForce before its first day."""
        return parameter(name).on(self.day)

    def amber(self, unit: Unit) -> int:
        """So many days (working days for a limit in working days) before its end a limit turns amber."""
        return self["limits.warning"].number_of(unit.value)

    def under(self, prefix: str) -> Iterator[Cited]:
        """Everything in force whose name begins with `prefix.`, in the order of the files."""
        for name, one in parameters().items():
            if name.startswith(f"{prefix}.") and one.values[0].since <= self.day:
                yield one.on(self.day)


@lru_cache(maxsize=512)
def on(day: date) -> Law:
    """The law on a day."""
    return Law(day)


def show(name: str, day: date | None = None) -> dict[str, object]:
    """A parameter as plain data, for people: its value on `day` (the newest if None) and all its values."""
    one = parameter(name)
    cited = one.on(day or one.values[-1].since)
    runs = one.running
    return {
        **cited.plain(),
        "title": one.title,
        "unit": one.unit,
        "note": one.note,
        "open": one.open,
        "basis_title": BASIS_TITLES[cited.basis],
        "caution": cited.caution,
        "clause_title": clause_title(cited.clause),
        "clause_text": clause_text(cited.clause),
        "also": [clause_title(other) for other in cited.also],
        "running": plain(asdict(runs)) if runs else None,
        "values": [Cited(one, dated).plain() for dated in one.values],
        "checked": {"on": plain(one.checked_on), "by": one.checked_by},
    }


__all__ = [
    "BASIS_TITLES",
    "Basis",
    "Cited",
    "Clause",
    "Dated",
    "Instrument",
    "Law",
    "NotYetInForce",
    "Parameter",
    "Running",
    "UnknownParameter",
    "UnreadableLaw",
    "calendars",
    "clause",
    "clause_text",
    "clause_title",
    "instruments",
    "on",
    "parameter",
    "parameters",
    "show",
]
