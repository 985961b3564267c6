"""Reading and checking a file of units, without writing anything: what would be new, changed, wrong."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import Any, Final

from dabiao.kernel.actor import Actor
from dabiao.organisations import permissions
from dabiao.organisations.queries import ground as grounds
from dabiao.organisations.queries import known as knowing
from dabiao.organisations.rules.entering import Fault, Known, Reader, Said, fault_of, missing
from dabiao.organisations.services.shaping import Shaping
from dabiao.organisations.tables.headings import Columns, after, found
from dabiao.organisations.tables.opening import open_file
from dabiao.organisations.tables.staging import Fate, Staging
from dabiao.organisations.tables.values import Line, Opened

PIECE: Final = 1000
MOST_FAULTS: Final = 1000  # told; the rest is counted
SAMPLE: Final = 8
Progress = Callable[[int], None]


@dataclass(slots=True)
class Examined:
    """What a file came to. Its checked lines lie in `staging`."""

    opened: Opened
    columns: Columns
    staging: Staging
    sample: list[Line] = field(default_factory=list)
    rows: int = 0
    faults: list[Fault] = field(default_factory=list)
    fault_count: int = 0

    @property
    def counts(self) -> dict[Fate, int]:
        return self.staging.counts()

    def blame(self, faults: Sequence[Fault]) -> None:
        self.fault_count += len(faults)
        self.faults += faults[: MOST_FAULTS - len(self.faults)]


@contextmanager
def examining(
    path: Path,
    *,
    by: Actor,
    day: date,
    corrected: Mapping[int, str] | None = None,
    progress: Progress = lambda _: None,
) -> Iterator[Examined]:
    """FileFault where the file cannot be read. What was staged goes when the work is done."""
    permissions.may_import(by).or_refuse()
    opened = open_file(path)
    columns = found(opened, corrected)
    with Staging() as staging:
        examined = Examined(opened, columns, staging)
        _Examination(examined, by, day).run(progress)
        yield examined


class _Examination:
    def __init__(self, examined: Examined, by: Actor, day: date) -> None:
        self._examined = examined
        self._known: Known = knowing.known(by, day, since_1904=examined.opened.since_1904)
        self._reader = Reader(self._known)
        self._shaping = Shaping(grounds.ground(day))
        places = examined.columns.places
        self._cells = [(name, itemgetter(*at)) for name, at in places.items()]
        self._width = max(place for at in places.values() for place in at) + 1

    def run(self, progress: Progress) -> None:
        examined = self._examined
        lines = after(examined.opened, examined.columns)
        while piece := list(islice(lines, PIECE)):
            examined.sample += piece[: SAMPLE - len(examined.sample)]
            examined.rows += len(piece)
            self._check([self._read(line) for line in piece])
            progress(examined.rows)
        for row, about, first in examined.staging.twice(MOST_FAULTS):
            title, value = ("uscc", about) if about[0] != "/" else ("name", about.split("/")[1])
            words = f"与第 {first} 行重复；请只保留一行"
            examined.blame([fault_of(Said(row), title, value, words, self._known)])
        examined.faults.sort(key=lambda each: each.row)

    def _read(self, line: Line) -> Said:
        cells = line.cells
        if len(cells) < self._width:
            cells += ("",) * (self._width - len(cells))
        return self._reader.read(line.number, {name: get(cells) for name, get in self._cells})

    def _check(self, piece: list[Said]) -> None:
        there = knowing.there(code for each in piece if (code := each.values.get("uscc")))
        bare = [
            each.values["name"] for each in piece if not each.values.get("uscc") and "name" in each.values
        ]
        nameless = knowing.without_code(bare) if bare else {}
        staged = []
        for said in piece:
            values = said.values
            row = there.get(values.get("uscc", "")) or nameless.get(
                (values.get("name", ""), values.get("jurisdiction", 0))
            )
            faults = said.faults + (self._faults_of_change(said, row) if row else missing(said, self._known))
            if faults:
                self._examined.blame(faults)
            else:
                staged.append(self._shaping.changed(said, row) if row else self._shaping.new(said))
        self._examined.staging.add(staged)

    def _faults_of_change(self, said: Said, row: dict[str, Any]) -> list[Fault]:
        allowed, code = self._known.allowed, said.values.get("uscc", "")
        if allowed is not None and row["jurisdiction_id"] not in allowed:
            words = "已由其他管辖区登记；请与原管辖区联系办理移交"
            return [fault_of(said, "uscc", code, words, self._known)]
        moved = said.values.get("jurisdiction", row["jurisdiction_id"]) != row["jurisdiction_id"]
        if moved and "locality" not in said.values and not said.faults:
            return [fault_of(said, "locality", "", "没有填写；企业变更管辖区时必须填写", self._known)]
        return []
