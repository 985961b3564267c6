"""What checking the journal found, in the shape of the public contract."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

MOST = 1000  # findings listed; beyond them only counted


class Status(StrEnum):
    OK = "ok"
    BROKEN = "broken"
    UNPROVABLE = "unprovable"


@dataclass(frozen=True, slots=True)
class Broken:
    """One place that is not as it was written. `entry` is the journal entry concerned, where there is one."""

    subject: str
    what: str
    entry: int | None = None
    table: str = ""
    key: Any = None
    column: str = ""

    def plain(self) -> dict[str, Any]:
        place = {"table": self.table, "key": self.key, "column": self.column} if self.table else {}
        return {"entry": self.entry, "subject": self.subject, "what": self.what, **place}


@dataclass(slots=True)
class Findings:
    """Collects what is broken; keeps the first thousand and counts the rest."""

    listed: list[Broken] = field(default_factory=list)
    more: int = 0

    def add(self, broken: Broken) -> None:
        if len(self.listed) < MOST:
            self.listed.append(broken)
        else:
            self.more += 1

    def add_all(self, found: Iterable[Broken]) -> None:
        for broken in found:
            self.add(broken)

    @property
    def plain(self) -> dict[str, Any]:
        return {"broken": [one.plain() for one in self.listed], "more": self.more}
