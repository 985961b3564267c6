"""Reading and checking a file of units, without writing anything: what would be new, changed, wrong."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, Final

from dabiao.kernel.actor import Actor
from dabiao.organisations import permissions
from dabiao.organisations.queries import ground as grounds
from dabiao.organisations.queries import known as knowing
from dabiao.organisations.rules.departments import Ground, answering
from dabiao.organisations.rules.entering import Fault, Known, Said, fault_of, missing, read
from dabiao.organisations.tables.headings import Columns, after, found
from dabiao.organisations.tables.opening import open_file
from dabiao.organisations.tables.staging import Fate, Staged, Staging
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
        self._ground: Ground = grounds.ground(day)
        self._industries = knowing.industry_keys()
        self._codes = {key: code for code, key in self._industries.items()}
        self._departments: dict[tuple[str, int], tuple[int, str]] = {}

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
        places = self._examined.columns.places
        texts = {name: tuple(line.cell(place) for place in at) for name, at in places.items()}
        return read(line.number, texts, self._known)

    def _check(self, piece: list[Said]) -> None:
        there = knowing.there(each.values["uscc"] for each in piece if each.values.get("uscc"))
        bare = [
            each.values["name"] for each in piece if not each.values.get("uscc") and "name" in each.values
        ]
        nameless = knowing.without_code(bare) if bare else {}
        staged = []
        for said in piece:
            row = there.get(said.values.get("uscc", "")) or nameless.get(
                (said.values.get("name", ""), said.values.get("jurisdiction", 0))
            )
            faults = said.faults + (self._faults_of_change(said, row) if row else missing(said, self._known))
            if faults:
                self._examined.blame(faults)
            else:
                staged.append(self._staged(said, row))
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

    def _staged(self, said: Said, row: dict[str, Any] | None) -> Staged:
        values = self._columns(said.values)
        about = said.values.get("uscc") or f"/{said.values.get('name')}/{said.values.get('jurisdiction')}"
        if row is None:
            values["department_id"], values["department_reason"] = self._department(
                said.values["industry"], said.values["jurisdiction"]
            )
            return Staged(said.row, about, Fate.NEW, values)
        changes = {name: value for name, value in values.items() if self._differs(row, name, value)}
        if changes.keys() & {"industry_id", "jurisdiction_id"}:
            industry = self._codes[changes.get("industry_id", row["industry_id"])]
            where = changes.get("jurisdiction_id", row["jurisdiction_id"])
            changes["department_id"], changes["department_reason"] = self._department(industry, where)
        told = {"pk": row["pk"], "version": row["version"], "changes": changes}
        return Staged(said.row, about, Fate.CHANGED if changes else Fate.SAME, told)

    def _differs(self, row: dict[str, Any], name: str, value: Any) -> bool:
        if name in {"uscc", "sites"}:
            return False  # the code is who it is; sites are changed on the unit's page
        there = row[name].isoformat() if isinstance(row[name], date) else row[name]
        return bool(there != value)

    def _columns(self, said: dict[str, Any]) -> dict[str, Any]:
        """Field of the file -> column of the unit."""
        values = {_COLUMNS.get(name, name): value for name, value in said.items()}
        if "industry" in said:
            values["industry_id"] = self._industries[said["industry"]]
        if values.get("uscc"):
            values.pop("uscc_exception", None)
        return values

    def _department(self, industry: str, jurisdiction: int) -> tuple[int, str]:
        place = (industry, jurisdiction)
        if place not in self._departments:
            found = answering(industry, jurisdiction, self._ground)
            self._departments[place] = (found.department, found.reason)
        return self._departments[place]


_COLUMNS: Final = {"jurisdiction": "jurisdiction_id", "locality": "locality_id", "industry": "industry_id"}
