"""A qualification as pages show it: how it stands today, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dabiao.people.models import Qualification, Suspension
from dabiao.people.rules.qualifications import KINDS, Period, fault


@dataclass(frozen=True, slots=True)
class Shown:
    """`wrong`: why it does not hold today, empty where it does; `coming`: what is decided for a later day."""

    row: Qualification
    kind: str
    wrong: str
    coming: str

    @property
    def state(self) -> str:
        return "；".join(part.rstrip("。") for part in (self.wrong or "有效", self.coming) if part)


def shown(row: Qualification, day: date) -> Shown:
    """With its suspensions prefetched; no query of its own."""
    pauses = list(row.suspensions.all())
    return Shown(row, KINDS.get(row.kind, row.kind), _wrong(row, pauses, day), _coming(row, pauses, day))


def _wrong(row: Qualification, pauses: Iterable[Suspension], day: date) -> str:
    if row.withdrawn and row.until <= day:
        return f"资格自 {row.until:%Y-%m-%d} 起撤销。"
    return fault(day, Period(row.since, row.until), [Period(each.since, each.until) for each in pauses])


def _coming(row: Qualification, pauses: Iterable[Suspension], day: date) -> str:
    if row.withdrawn:
        return f"将自 {row.until:%Y-%m-%d} 起撤销。" if row.until > day else ""
    later = [each.since for each in pauses if each.since > day and each.until != each.since]
    return f"将自 {min(later):%Y-%m-%d} 起暂停。" if later else ""
