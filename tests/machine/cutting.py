"""Acts by name, one after the other, as the directed runs need them."""

import snapshots
from machine.acts import ACTS
from machine.machine import WAYS, Stage, laid

Step = tuple[str, str] | tuple[str, str, int]


def at(kind: str, state: str) -> Stage:
    return Stage(laid((kind, state)))


def played(stage: Stage, *steps: Step) -> Stage:
    """Each must be done, or the run says nothing; everything is checked after it."""
    for name, who, *pick in steps:
        assert stage.perform(ACTS[name], who, pick[0] if pick else 0), f"{name} by {who} was not done"
        stage.check()
    return stage


def on_to(stage: Stage, kind: str, *states: str) -> Stage:
    """The straight way."""
    for turn in range(60):
        if stage.play.state(kind) in states:
            return stage
        stage.onward(WAYS * turn)
    raise AssertionError(f"{kind} {states} was not reached")


__all__ = ["at", "on_to", "played", "snapshots"]
