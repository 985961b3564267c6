"""Old inputs made new: when an act gets a new version, a pure function from the old one is kept here until no
device can hold it. One step a version; steps follow each other."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

Input = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """To which `name@version`, and how; the function gets an input that was read and may not change it.

    Raises KeyError, TypeError or ValueError where the old input cannot have been one.
    """

    to: str
    upgrade: Callable[[Input], Input]


UPGRADES: Final[dict[str, Step]] = {}  # old name@version -> its step; there is one version of each act yet


def upgraded(act: str, given: Input) -> tuple[str, Input]:
    """The act under its newest name, with the input it would have today."""
    while (step := UPGRADES.get(act)) is not None:
        act, given = step.to, step.upgrade(given)
    return act, given
