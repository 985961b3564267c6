"""What the law files hold, as frozen values: parameters, their values by day, instruments, clauses."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from dabiao.kernel.errors import DabiaoError
from dabiao.kernel.limits import Limit, Unit

Value = object
"""null, flag, whole number, word, list (a tuple) or mapping (read-only) of these. Never a float."""


class Basis(StrEnum):
    """Where a value comes from: the two documents, our own choice where they are silent, or elsewhere."""

    INSTRUMENT = "instrument"
    INTERNAL = "internal"
    OUTSIDE = "outside"


BASIS_TITLES: Mapping[Basis, str] = MappingProxyType(
    {Basis.INSTRUMENT: "政策文件", Basis.INTERNAL: "内部规则", Basis.OUTSIDE: "其他文件"}
)


class UnknownParameter(DabiaoError, KeyError):
    """No parameter, instrument or clause of that name."""

    status = 404

    def __str__(self) -> str:
        return self.text


class NotYetInForce(DabiaoError, LookupError):
    """The day asked for lies before the first value."""


class UnreadableLaw(DabiaoError, ValueError):
    """A law file is not of the shape the handbook asks for; names the file and what to do."""

    status = 500


@dataclass(frozen=True, slots=True)
class Dated:
    """One value from a day on, with its clause (and further clauses it rests on)."""

    since: date
    value: Value
    clause: str
    basis: Basis
    confirmed: bool
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Running:
    """How a limit runs: from which event, on whose clock, what its passing does, what suspends it."""

    starts: str
    clock: str
    passing: str
    suspended_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number, list or gate the law sets. `open`: the list says 等, others may be added by legal basis."""

    name: str
    title: str
    unit: str
    values: tuple[Dated, ...]
    note: str = ""
    open: bool = False
    running: Running | None = None
    checked_on: date | None = None
    checked_by: str = ""

    def on(self, day: date) -> "Cited":
        """The value in force on a day; NotYetInForce before the first."""
        for dated in reversed(self.values):
            if dated.since <= day:
                return Cited(self, dated)
        raise NotYetInForce(
            f"“{self.title}”（{self.name}）自 {self.values[0].since} 起才有规定，不能用于 {day}。"
            f"请核对日期，或在法规参数中补充更早的取值及其依据。"
        )


@dataclass(frozen=True, slots=True)
class Cited:
    """A value with the clause and the day it is in force from; store `plain()` with every decision."""

    parameter: Parameter
    dated: Dated

    @property
    def name(self) -> str:
        return self.parameter.name

    @property
    def title(self) -> str:
        return self.parameter.title

    @property
    def unit(self) -> str:
        return self.parameter.unit

    @property
    def value(self) -> Value:
        return self.dated.value

    @property
    def since(self) -> date:
        return self.dated.since

    @property
    def clause(self) -> str:
        return self.dated.clause

    @property
    def also(self) -> tuple[str, ...]:
        return self.dated.also

    @property
    def basis(self) -> Basis:
        return self.dated.basis

    @property
    def confirmed(self) -> bool:
        return self.dated.confirmed

    @property
    def caution(self) -> str:
        """待核实 while the source is unconfirmed, else empty."""
        return "" if self.confirmed else "待核实"

    @property
    def number(self) -> int:
        """The value as a whole number; UnreadableLaw if it is something else."""
        return self._whole(self.value)

    def number_of(self, key: str) -> int:
        """The whole number for one key of a mapping, as in `verification.share` for `level_2`."""
        return self._whole(self.table.get(key))

    @property
    def items(self) -> tuple[Value, ...]:
        """The value as a list."""
        if isinstance(self.value, tuple):
            return self.value
        raise self._not("列表")

    @property
    def table(self) -> Mapping[str, Value]:
        """The value as a mapping by identifier (level, size, ground …)."""
        if isinstance(self.value, Mapping):
            return self.value
        raise self._not("对照表")

    @property
    def limit(self) -> Limit:
        """The value as a limit in the parameter's own unit."""
        return Limit(self.number, Unit(self.unit))

    def plain(self) -> dict[str, object]:
        """For JSON: what a decision keeps."""
        return {
            "name": self.name,
            "value": plain(self.value),
            "since": self.since.isoformat(),
            "clause": self.clause,
            "basis": self.basis.value,
            "confirmed": self.confirmed,
        }

    def _whole(self, value: Value) -> int:
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        raise self._not("整数")

    def _not(self, kind: str) -> UnreadableLaw:
        return UnreadableLaw(f"“{self.title}”（{self.name}）的取值不是{kind}，请核对法规参数文件。")


@dataclass(frozen=True, slots=True)
class Instrument:
    """A document the values cite. `item`: what its parts are called (条, 部分 …); `dated` only where sure."""

    id: str
    title: str
    number: str
    issuer: str
    status: str
    dated: date | None = None
    since: date | None = None
    replaced_by: str = ""
    replaced_on: date | None = None
    item: str = "条"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """One numbered item of a document: heading and its own text."""

    id: str
    place: str
    title: str
    text: str


def frozen(value: Value) -> Value:
    """Lists become tuples, mappings read-only, all the way down."""
    if isinstance(value, list):
        return tuple(frozen(part) for part in value)
    if isinstance(value, dict):
        return MappingProxyType({key: frozen(part) for key, part in value.items()})
    return value


def plain(value: Value) -> Value:
    """The way back, ready for JSON."""
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    return value.isoformat() if isinstance(value, date) else value


def clauses_in(value: Value) -> Iterator[str]:
    """Clauses named inside a value: grounds of one list may each have their own."""
    parts: tuple[Value, ...] = ()
    if isinstance(value, Mapping):
        parts = tuple(value.values())
        if isinstance(named := value.get("clause"), str):
            yield named
    elif isinstance(value, tuple):
        parts = value
    for part in parts:
        yield from clauses_in(part)
