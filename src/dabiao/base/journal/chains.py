"""The hot loop of verification: every entry's digest, and its link to the entry before it in its chain."""

from collections.abc import Iterator
from typing import Any

from dabiao.base.journal import material
from dabiao.base.journal.appending import GENESIS
from dabiao.base.journal.findings import Broken, Findings
from dabiao.base.journal.snapshot import stream
from dabiao.kernel.digests import HASHES

Begun = dict[tuple[str, str], Any]  # (chain, leaf it begins with) -> entry


def check(findings: Findings) -> tuple[int, Begun]:
    """Check all entries, chain by chain; how many there are, and which chains begin with a bulk act's row."""
    count, chain, seq, last = 0, None, 0, GENESIS
    begun: Begun = {}
    for rows in stream(material.entries()):
        count += len(rows)
        for row in rows:
            key, name, number, previous, digest, algorithm, text = row
            if name != chain:
                chain, seq, last = name, 0, GENESIS
                if previous != GENESIS:
                    begun[str(name), str(previous)] = key
                    last = previous
            if number != seq + 1 or previous != last or _reckoned(text, algorithm) != digest:
                findings.add_all(_faults(row, seq, last))
            seq, last = number if isinstance(number, int) else seq, digest
    return count, begun


def _reckoned(text: Any, algorithm: Any) -> str:
    try:
        data = text if isinstance(text, bytes) else text.encode()
        return HASHES[algorithm](data).hexdigest()  # type: ignore[no-any-return]
    except (KeyError, AttributeError, TypeError):  # unknown algorithm, or a cell that is no text
        return ""


def _faults(row: tuple[Any, ...], seq: int, last: str) -> Iterator[Broken]:
    key, chain, number, previous, digest, algorithm, text = row
    if _reckoned(text, algorithm) != digest:
        yield Broken(str(chain), "内容与摘要不符，内容或摘要被改动", key)
    if number != seq + 1:
        yield Broken(str(chain), f"链内序号应为 {seq + 1}，实为 {number}，有条目被删除或插入", key)
    if previous != last:
        yield Broken(str(chain), "与前一条的衔接不符，前一条或本条被改动", key)
