"""Is the journal as it was written? Digests, links, gaps, global order, checkpoints; each fault located."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from dabiao.base.journal import batches, cells, chains, checkpoints, material
from dabiao.base.journal.appending import GENESIS
from dabiao.base.journal.checkpoints import Claims
from dabiao.base.journal.findings import Broken, Findings, Status
from dabiao.base.journal.positions import following_head
from dabiao.base.journal.snapshot import snapshot, stream


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


def verify(given: Iterable[str] = ()) -> Verified:
    """Check everything as of one moment, and against checkpoint documents kept elsewhere if any are given."""
    done = Verified()
    with snapshot(), cells.readable():
        done.findings.add_all(_misfits())
        done.entries, begun = chains.check(done.findings)
        done.findings.add_all(batches.check(begun))
        claims = checkpoints.claims(given)
        done.positions = _check_positions(claims, done.findings)
        done.findings.add_all(claims.broken)
        done.findings.add_all(_lost(claims, done.positions))
        done.unprovable = claims.unprovable + _outside(claims, done.positions)
        done.covered = min(claims.covered, done.positions)
    return done


def _misfits() -> Iterator[Broken]:
    for table, sql in material.misfits():
        for rows in stream(sql):
            for (key,) in rows:
                entry = key if table == "base_journal_entry" else None
                yield Broken(f"{table}:{key}", "存有该列不可能有的类型", entry, table, key)


def _check_positions(claims: Claims, findings: Findings) -> int:
    """Walk the global order; returns the last position."""
    position, head = 0, GENESIS
    for rows in stream(material.POSITIONS):
        for number, entry, stored, digest, algorithm in rows:
            if number != position + 1:
                findings.add(_at(number, f"全局次序缺第 {position + 1} 位", entry))
            if stored != _head(head, number, digest, algorithm):
                findings.add(_at(number, "全局次序与所指条目不符，该位、前一位或条目被改动", entry))
            if _contradicted(claims, number, stored):
                findings.add(_at(number, "该位及以前的台账与存证点不符，有条目被整体改写", entry))
            position, head = (number if isinstance(number, int) else position + 1), stored
    return position


def _at(position: Any, what: str, entry: Any = None) -> Broken:
    table = "base_journal_position"
    return Broken(f"{table}:{position}", what, entry, table, position)


def _head(head: str, number: Any, digest: Any, algorithm: Any) -> str:
    try:
        return following_head(head, number, digest, algorithm)
    except (KeyError, ValueError, TypeError, AttributeError):  # no such entry, or no such algorithm
        return ""


def _contradicted(claims: Claims, number: Any, head: Any) -> bool:
    return claims.stored.get(number, head) != head or claims.given.get(number, {head}) != {head}


def _lost(claims: Claims, positions: int) -> Iterator[Broken]:
    """Positions our own checkpoints vouch for that are gone."""
    if claims.covered > positions:
        yield _at(positions + 1, f"存证点涵盖的第 {positions + 1}—{claims.covered} 位缺失")


def _outside(claims: Claims, positions: int) -> list[str]:
    beyond = sorted(last for last in claims.given if last > positions)
    return [f"存证点止于第 {last} 位，而数据只到第 {positions} 位" for last in beyond]
