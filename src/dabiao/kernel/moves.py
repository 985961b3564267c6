"""A state machine is a table: moves with the states they lead from, the one they lead to, and the clause."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Move:
    name: str
    title: str  # in Chinese, as history and buttons say it
    from_: frozenset[str]
    to: str
    clause: str
