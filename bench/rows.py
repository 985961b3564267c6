"""One measured row: what, how long, next to which floor, and what was aimed at."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds."""

    median: float
    p95: float
    times: int = 1


@dataclass(frozen=True, slots=True)
class Aim:
    """Upper bounds; `words` is how the aim reads where a bound alone would mislead."""

    ratio: float | None = None
    ms: float | None = None
    size: int | None = None
    memory: int | None = None  # MB
    words: str = ""

    def __str__(self) -> str:
        parts = [f"≤ {self.ratio:g} × floor"] if self.ratio else []
        parts += [f"≤ {self.ms:g} ms"] if self.ms else []
        parts += [f"≤ {self.size // 1000} kB"] if self.size else []
        parts += [f"≤ {self.memory} MB"] if self.memory else []
        return self.words or ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Row:
    """`floor` is the same rows or bytes handled bare; `note` says what was left out and why."""

    name: str
    timing: Timing | None = None
    floor: Timing | None = None
    aim: Aim | None = None
    size: int = 0  # bytes sent, gzipped
    note: str = ""
    memory: float = 0  # MB at the highest

    @property
    def ratio(self) -> float | None:
        if self.timing is None or self.floor is None or not self.floor.median:
            return None
        return self.timing.median / self.floor.median

    @property
    def met(self) -> bool | None:
        """None where nothing was aimed at or nothing could be measured."""
        if self.aim is None or self.timing is None:
            return None
        bounds = (
            (self.aim.ratio, self.ratio or 0),
            (self.aim.ms, self.timing.median),
            (self.aim.size, self.size),
            (self.aim.memory, self.memory),
        )
        return all(bound is None or value <= bound for bound, value in bounds)

    def plain(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Self:
        kinds = {"timing": Timing, "floor": Timing, "aim": Aim}
        made = {key: kinds[key](**plain[key]) if plain[key] else None for key in kinds}
        return cls(**{**plain, **made})
