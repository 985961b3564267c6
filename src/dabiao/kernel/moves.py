"""A state machine is a table: moves with the states they lead from, the one they lead to, and the clause."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Move:
    name: str
    title: str  # in Chinese, as history and buttons say it
    from_: frozenset[str]
    to: str
    clause: str


def reachable(start: str, moves: Iterable[Move]) -> frozenset[str]:
    """States that can be reached from `start`."""
    table = tuple(moves)
    found, before = {start}, 0
    while len(found) > before:
        before = len(found)
        found |= {move.to for move in table if move.from_ & found}
    return frozenset(found)
