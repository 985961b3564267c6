"""Facts as pages show them: how they stand today, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dabiao.kernel.days import DAY
from dabiao.standing.models import Fact
from dabiao.standing.rules.kinds import GROUPS, NO

TIME_ITSELF = "系统（时限）"


@dataclass(frozen=True, slots=True)
class Shown:
    """One row: how it stands, and the sign it is drawn with."""

    fact: Fact
    state: str
    badge: str
    days: str
    counts: str
    recorder: str

    @property
    def group(self) -> str:
        return GROUPS[self.fact.declared.group]


def shown(fact: Fact, day: date) -> Shown:
    state, badge = _state(fact, day)
    return Shown(fact, state, badge, _days(fact), counted(fact), recorder(fact))


def grouped(facts: Iterable[Fact], day: date) -> list[tuple[str, list[Shown]]]:
    """By group, in the order of the list of kinds: what speaks against the unit first."""
    rows = [shown(fact, day) for fact in facts]
    return [
        (title, found) for title in GROUPS.values() if (found := [row for row in rows if row.group == title])
    ]


def counted(fact: Fact) -> str:
    """死亡人数 0，重伤人数 1."""
    titles = fact.declared.counts
    return "，".join(f"{title} {fact.counts[name]}" for name, title in titles.items() if name in fact.counts)


def recorder(fact: Fact) -> str:
    """Who recorded it; a unit's own record says so."""
    if fact.recorded_for is not None:
        return fact.recorded_for.name
    return "企业自行登记" if fact.recorded_by_id else TIME_ITSELF


def _state(fact: Fact, day: date) -> tuple[str, str]:
    if fact.corrected_at is not None:
        return "已更正", "badge-outline"
    if fact.declared.ends == NO:
        return ("不良记录", "badge-veto") if fact.declared.adverse else ("已记录", "badge-outline")
    if not fact.known.held(day):
        return "已终止" if fact.declared.adverse else "已过期", "badge-warn"
    return ("仍在执行", "badge-veto") if fact.declared.adverse else ("有效", "badge-good")


def _days(fact: Fact) -> str:
    first = f"{fact.since:%Y-%m-%d}"
    if fact.declared.ends == NO:
        return first
    return f"{first} 起" if fact.until is None else f"{first} 至 {fact.until - DAY:%Y-%m-%d}"
