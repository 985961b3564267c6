"""Is the journal as it was written? Digests, links, gaps, global order, checkpoints; each fault located.

`soundness` looks at all of it quickly; what it does not find sound is looked at here, row by row.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from dabiao.base.journal import batches, cells, chains, checkpoints, forks, material, soundness
from dabiao.base.journal.appending import GENESIS
from dabiao.base.journal.chains import Begun
from dabiao.base.journal.checkpoints import Claims
from dabiao.base.journal.findings import Broken, Findings, Status
from dabiao.base.journal.positions import following_head
from dabiao.base.journal.snapshot import snapshot, stream

_ENTRY, _POSITION = "base_journal_entry", "base_journal_position"
_BESIDE = ("base_batch", "base_batch_chunk", "base_checkpoint")


@dataclass(slots=True)
class Verified:
    """What was checked: how many entries, how many with a position, how many under a checkpoint."""

    entries: int = 0
    positions: int = 0
    covered: int = 0
    findings: Findings = field(default_factory=Findings)
    unprovable: list[str] = field(default_factory=list)

    @property
    def status(self) -> Status:
        if self.findings.listed:
            return Status.BROKEN
        return Status.UNPROVABLE if self.unprovable else Status.OK

    def plain(self) -> dict[str, Any]:
        """The public contract's shape, and how many entries nothing vouches for yet."""
        loose, uncovered = self.entries - self.positions, self.entries - self.covered
        counts = {"entries": self.entries, "without_position": loose, "without_checkpoint": uncovered}
        return {"status": self.status.value, **counts, "unprovable": self.unprovable, **self.findings.plain}


def verify(given: Iterable[str] = (), processes: int = 1) -> Verified:
    """Check everything as of one moment, and against checkpoint documents kept elsewhere if any are given.

    More than one of `processes`, or one and a thread, only where nothing else runs, see `forks` and `ahead`.
    """
    done = Verified()
    with forks.helpers(processes, soundness.look_at) as others, snapshot(), cells.readable():
        claims = checkpoints.claims(given)
        looked = soundness.look(claims, others, threaded=processes > 1 and not others)
        done.findings.add_all(_misfits(_BESIDE))
        done.entries, begun = looked.entries or _look_at_entries(done.findings)
        done.findings.add_all(batches.check(begun))
        last = looked.last
        done.positions = _look_at_positions(claims, done.findings) if last is None else last
        done.findings.add_all(claims.broken)
        done.findings.add_all(_lost(claims, done.positions))
        done.unprovable = claims.unprovable + _outside(claims, done.positions)
        done.covered = min(claims.covered, done.positions)
    return done


def _misfits(tables: Iterable[str]) -> Iterator[Broken]:
    for table, sql in material.misfits(tables):
        for rows in stream(sql):
            for (key,) in rows:
                entry = key if table == _ENTRY else None
                yield Broken(f"{table}:{key}", "存有该列不可能有的类型", entry, table, key)


def _look_at_entries(findings: Findings) -> tuple[int, Begun]:
    """Row by row, for what is wrong and where; where nothing is, this gives what `soundness` gives."""
    findings.add_all(_misfits([_ENTRY]))
    return chains.check(findings)


def _look_at_positions(claims: Claims, findings: Findings) -> int:
    """Types first, then the global order row by row; returns the last position."""
    findings.add_all(_misfits([_POSITION]))
    return _check_positions(claims, findings)


def _check_positions(claims: Claims, findings: Findings) -> int:
    """Walk the global order; returns the last position."""
    position, head = 0, GENESIS
    for rows in stream(material.POSITIONS):
        for number, entry, stored, digest, algorithm in rows:
            if number != position + 1:
                findings.add(_at(number, f"全局次序缺第 {position + 1} 位", entry))
            if stored != _head(head, number, digest, algorithm):
                findings.add(_at(number, "全局次序与所指条目不符，该位、前一位或条目被改动", entry))
            if claims.contradicted(number, stored):
                findings.add(_at(number, "该位及以前的台账与存证点不符，有条目被整体改写", entry))
            position, head = (number if isinstance(number, int) else position + 1), stored
    return position


def _at(position: Any, what: str, entry: Any = None) -> Broken:
    return Broken(f"{_POSITION}:{position}", what, entry, _POSITION, position)


def _head(head: str, number: Any, digest: Any, algorithm: Any) -> str:
    try:
        return following_head(head, number, digest, algorithm)
    except (KeyError, ValueError, TypeError, AttributeError):  # no such entry, or no such algorithm
        return ""


def _lost(claims: Claims, positions: int) -> Iterator[Broken]:
    """Positions our own checkpoints vouch for that are gone."""
    if claims.covered > positions:
        yield _at(positions + 1, f"存证点涵盖的第 {positions + 1}—{claims.covered} 位缺失")


def _outside(claims: Claims, positions: int) -> list[str]:
    beyond = sorted(last for last in claims.given if last > positions)
    return [f"存证点止于第 {last} 位，而数据只到第 {positions} 位" for last in beyond]
