"""Whether a qualification holds on a day: within its dates, not suspended."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from dabiao.kernel.roles import TITLES, Role

# Whom the organizing unit files (uplift/20). Self-assessors have a training record of their unit instead.
KINDS: Final = {role.value: TITLES[role] for role in (Role.REVIEWER, Role.EXPERT)}


@dataclass(frozen=True, slots=True)
class Period:
    """`until` is the first day no longer; None: open."""

    since: date
    until: date | None

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


def fault(day: date, held: Period, pauses: Iterable[Period]) -> str:
    """Empty where it holds on `day`; else why not, in words."""
    if day < held.since:
        return f"资格自 {held.since:%Y-%m-%d} 起有效。"
    if not held.covers(day):
        return f"资格自 {held.until:%Y-%m-%d} 起不再有效。"
    pause = next((each for each in pauses if each.covers(day)), None)
    if pause is None:
        return ""
    ends = f"，至 {pause.until:%Y-%m-%d} 恢复" if pause.until else ""
    return f"资格自 {pause.since:%Y-%m-%d} 起暂停{ends}。"
