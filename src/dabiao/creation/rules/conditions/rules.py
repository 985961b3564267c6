"""The rules conditions stand on, as plain values: in force on a day, or kept by an earlier decision."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from dabiao import law

NAMES: Final = (
    "conditions.licences",
    "conditions.safety_body",
    "conditions.certified",
    "conditions.accidents.window",
    "conditions.accidents.reaching",
    "conditions.accidents.since_application",
    "conditions.social_influence",
    "conditions.joint_punishment",
    "conditions.bars",
    "conditions.hazards",
    "conditions.leading_group",
    "conditions.self_assessors",
    "conditions.self_assessment",
    "conditions.commitment",
    "conditions.hard_refusals",
    "conditions.entry.score",
    "refusals.hard",
    "refusals.campaigns",
    "units.special_areas",
    "self_assessment.period",
    "reapplication.bar",
    "reapplication.bar.starts",
    "reapplication.bar.exempt",
    "commitment.false.bar",
    "revocation.bar",
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One value of the law as a decision keeps it: plain data with its clause and first day."""

    name: str
    title: str
    value: Any
    clause: str
    since: str
    basis: str
    confirmed: bool

    def plain(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in Rule.__slots__}


Rules = Mapping[str, Rule]


def in_force(day: date) -> Rules:
    """Everything the conditions ask for, as the law stands on a day."""
    return {each.name: each for each in (_rule(law.on(day)[name]) for name in NAMES)}


def kept(plain: Iterable[Mapping[str, Any]]) -> Rules:
    """The way back from what a decision stored: the same rules, whatever the law says today."""
    return {each["name"]: Rule(**each) for each in plain}


def _rule(cited: law.Cited) -> Rule:
    told: dict[str, Any] = dict(cited.plain())
    return Rule(title=cited.title, **told)
