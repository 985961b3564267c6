"""A fact as a plain value: what rules judge by and decisions keep."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dabiao.kernel.days import DAY
from dabiao.standing.rules.kinds import kinds


@dataclass(frozen=True, slots=True)
class Known:
    """Holds from `since` until the first day no longer; `source` says where it comes from."""

    kind: str
    since: date
    until: date | None = None
    which: str = ""
    number: str = ""
    words: str = ""
    source: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    key: int = 0

    def held(self, day: date) -> bool:
        return self.since <= day and (self.until is None or self.until > day)

    def gone(self, day: date) -> bool:
        """It held once, and does no longer."""
        return self.until is not None and self.until <= day

    @property
    def title(self) -> str:
        return kinds()[self.kind].named(self.which)

    @property
    def last(self) -> date | None:
        """The last day it still counts."""
        return self.until - DAY if self.until else None

    def plain(self) -> dict[str, Any]:
        """For JSON: what a decision keeps; `known` reads it back."""
        return {
            "kind": self.kind,
            "since": self.since.isoformat(),
            "until": self.until.isoformat() if self.until else None,
            "which": self.which,
            "number": self.number,
            "words": self.words,
            "source": self.source,
            "counts": dict(self.counts),
            "key": self.key,
        }


def known(plain: Mapping[str, Any]) -> Known:
    """The way back from `Known.plain`."""
    until = date.fromisoformat(plain["until"]) if plain["until"] else None
    return Known(**{**plain, "since": date.fromisoformat(plain["since"]), "until": until})
