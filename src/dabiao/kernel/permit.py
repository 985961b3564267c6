"""A permission's answer: allowed, or denied with the reason the page, the API and the log all show."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Concatenate, ParamSpec

from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Absent, DabiaoError, OutOfTurn, Refused

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Permit:
    """`reason` is empty exactly when allowed. `error` is what a refusal raises."""

    reason: str = ""
    clause: str = ""
    error: type[DabiaoError] = Refused

    @property
    def granted(self) -> bool:
        return not self.reason

    def __bool__(self) -> bool:
        return self.granted

    def or_refuse(self) -> None:
        """Go on if allowed; else raise with the same words."""
        if self.granted:
            return
        if issubclass(self.error, Absent):
            raise self.error()
        raise self.error(self.reason, clause=self.clause)

    def and_then(self, other: "Callable[[], Permit]") -> "Permit":
        return other() if self.granted else self


allowed = Permit()


def denied(reason: str, clause: str = "") -> Permit:
    """Not this person, or not with these facts (403)."""
    return Permit(reason, clause)


def too_early(reason: str, clause: str = "") -> Permit:
    """Right person, wrong time (409)."""
    return Permit(reason, clause, OutOfTurn)


unseen = Permit("看不到", "", Absent)

May = Callable[Concatenate[Actor, P], Permit]
