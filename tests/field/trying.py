"""One request, asked again and again with another statement of it coming to nothing each time.

What stands after the fault must be what stood at one of the request's commits, table by table; the device is
told of nothing that does not stand; and once it has asked again all is, row for row, as if nothing had been.
"""

import json
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from time import time
from typing import Any

from dabiao.field.services import uploads
from field import standing
from field.kept import bytes_without_row, rows_without_bytes
from field.small import Step
from field.standing import Rows
from field.wire import LOST, REFUSED, WRITES, Wire, tapped

Plant = Callable[[], AbstractContextManager[None]]
OK = 200
FAULTS = (500, 503)  # a device keeps what it has and tries again
OFTEN = 5
SWEPT = timedelta(days=31)


@dataclass
class Whole:
    """A request nothing went wrong with."""

    said: Any
    heard: list[str]
    stands: Rows
    commits: dict[int, Rows] = field(default_factory=dict)  # by the statement that made it: what stood then


def whole(step: Step) -> Whole:
    """Asked and undone, with a look at what stands whenever something may have been committed."""
    wire, commits = Wire(), {0: standing.rows()}

    def watch() -> None:
        now = standing.rows()
        if now != list(commits.values())[-1]:
            commits[len(wire.heard)] = now

    wire.watch = watch
    with standing.undone():
        answer = _asked(step, wire)
        assert answer.status_code == OK, answer.content.decode()
        return Whole(_said(answer), wire.heard, standing.rows(), commits)


def exhausted(step: Step, blow: str, plant: Plant = nullcontext) -> int:
    """Asked with each of its statements failing once, and undone; how many it has. `plant`: the request it
    is asked within has a fault of ours, which the one that goes well has not."""
    whole(step)  # what a process asks once and keeps
    fine = whole(step)
    before = standing.kept()
    for nth in _statements(fine, blow):
        with standing.undone():
            stands = _tried(step, fine, Wire(nth, blow), plant)
            # As before in every row and byte: what is asked now was asked by `whole`, but for what a process
            # itself remembers.
            if nth % OFTEN == 0 or stands != fine.commits[0] or standing.kept() != before:
                _again(step, fine, f"{step.name}, after {blow} at {nth}")
    return len(fine.heard)


def _statements(fine: Whole, blow: str) -> Iterable[int]:
    """Who loses an answer within a transaction, loses the transaction; who only reads waits for nobody."""
    every = range(1, len(fine.heard) + 1)
    if blow == LOST:
        return [nth for nth in every if nth in fine.commits]
    return [nth for nth in every if blow != REFUSED or WRITES.match(fine.heard[nth - 1])]


def _tried(step: Step, fine: Whole, wire: Wire, plant: Plant) -> Rows:
    """What stands afterwards."""
    answer = _asked(step, wire, plant)
    assert wire.met, f"{step.name}: asks less than before"
    where = f"{step.name}, {wire.blow} at {wire.nth}: {wire.heard[wire.nth - 1][:200]}"
    stands = standing.rows()
    assert stands in fine.commits.values(), f"{where}: half of it stands: {_nearest(fine, stands)}"
    _honest(answer, fine, stands, where)
    assert rows_without_bytes() == [], where
    if step.name.startswith("piece"):
        _swept(where)
    return stands


def _again(step: Step, fine: Whole, where: str) -> None:
    again = _asked(step, Wire())
    assert _said(again) == fine.said, where
    assert not (wrong := standing.differing(standing.rows(), fine.stands)), f"{where}: {wrong}"


def _honest(answer: Any, fine: Whole, stands: Rows, where: str) -> None:
    """Told of success only where all of it stands; else of a fault, in words that are none of ours inside."""
    if answer.status_code == OK:
        assert stands == fine.stands, f"{where}: acknowledged, and does not stand"
        assert _said(answer) == fine.said, where
        return
    assert answer.status_code in FAULTS, f"{where}: {answer.status_code}"
    assert b"Traceback" not in answer.content, where
    assert b"outcomes" not in answer.content, where


def _swept(where: str) -> None:
    """Nobody comes back: what nothing names is gone after a month."""
    with standing.undone():
        uploads.sweep(datetime.fromtimestamp(time(), UTC) + SWEPT)
        assert bytes_without_row() == [], where


def _nearest(fine: Whole, stands: Rows) -> Any:
    return min((standing.differing(stands, each) for each in fine.commits.values()), key=len)


def _asked(step: Step, wire: Wire, plant: Plant = nullcontext) -> Any:
    standing.settle()
    with tapped(wire), plant():
        return step.ask()


def _said(answer: Any) -> Any:
    """What it says, without the token that is another each time."""
    return {**json.loads(answer.content), "csrf": ""}
