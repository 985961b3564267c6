"""What conditions are asked of, and what they answer: plain values that a decision keeps and reads back."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from enum import StrEnum
from typing import Any

from dabiao.creation.rules.conditions.rules import Rule
from dabiao.standing.rules.facts import Known, known


class Outcome(StrEnum):
    """ASK: the facts do not decide; a person does, with words and evidence."""

    MET = "met"
    UNMET = "unmet"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Work:
    """The unit's creation work as it stood on the day."""

    group_formed: str = ""  # ISO day, empty: none
    group_head: str = ""
    group_by_principal: bool = False
    group_overdue: tuple[str, ...] = ()
    assessors: int = 0
    trained: int = 0
    commitment: str = ""  # its number
    commitment_by: str = ""
    commitment_on: str = ""
    report: str = ""  # number of the self-assessment report
    report_on: str = ""
    report_level: str = ""
    report_score: str = ""
    report_vetoes: int = 0
    screened_on: str = ""
    open_major: int = 0
    risk_points: int = 0  # of the register
    risk_reviews_due: int = 0  # of these, how many were to be reviewed before


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Everything a condition may look at. `applied_on`: the day of submission, None before."""

    level: str
    areas: tuple[str, ...] = ()
    applied_on: date | None = None
    facts: tuple[Known, ...] = ()
    work: Work = field(default_factory=Work)

    def held(self, kind: str, day: date) -> list[Known]:
        """Facts of a kind that hold on the day, the newest last."""
        return [fact for fact in self.facts if fact.kind == kind and fact.held(day)]

    def of(self, kind: str) -> list[Known]:
        return [fact for fact in self.facts if fact.kind == kind]

    def plain(self) -> dict[str, Any]:
        return {
            "level": self.level,
            "areas": list(self.areas),
            "applied_on": self.applied_on.isoformat() if self.applied_on else None,
            "facts": [fact.plain() for fact in self.facts],
            "work": asdict(self.work),
        }


def circumstances(plain: Mapping[str, Any]) -> Circumstances:
    """The way back from `Circumstances.plain`."""
    applied = plain["applied_on"]
    work = {**plain["work"], "group_overdue": tuple(plain["work"]["group_overdue"])}
    return Circumstances(
        level=plain["level"],
        areas=tuple(plain["areas"]),
        applied_on=date.fromisoformat(applied) if applied else None,
        facts=tuple(known(fact) for fact in plain["facts"]),
        work=Work(**work),
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """`fact` in words with its `source`; `rule` by name; `keys` are the facts of standing that were used."""

    condition: str
    title: str
    outcome: Outcome
    fact: str
    source: str
    rule: str
    clause: str
    since: str
    confirmed: bool
    keys: tuple[int, ...] = ()
    advice: str = ""  # what the unit can do where it is not met

    def plain(self) -> dict[str, Any]:
        told = {each.name: getattr(self, each.name) for each in fields(self)}
        return {**told, "outcome": self.outcome.value, "keys": list(self.keys)}


def answered(plain: Mapping[str, Any]) -> Answer:
    """The way back from `Answer.plain`."""
    return Answer(**{**plain, "outcome": Outcome(plain["outcome"]), "keys": tuple(plain["keys"])})


def told(
    rule: Rule,
    outcome_: Outcome | bool,
    fact: str,
    *,
    source: str = "资格状况",
    used: Iterable[Known] = (),
    advice: str = "",
    part: str = "",
    title: str = "",
) -> Answer:
    """An answer under a rule; `part` tells apart several answers under one."""
    met = Outcome.MET if outcome_ is True else Outcome.UNMET if outcome_ is False else outcome_
    return Answer(
        condition=f"{rule.name}:{part}" if part else rule.name,
        title=title or rule.title,
        outcome=met,
        fact=fact,
        source=source,
        rule=rule.name,
        clause=rule.clause,
        since=rule.since,
        confirmed=rule.confirmed,
        keys=tuple(sorted(each.key for each in used if each.key)),
        advice="" if met is Outcome.MET else advice,
    )


def outcome(answers: Iterable[Answer]) -> Outcome:
    """All together: unmet if one is, else for a person if one is."""
    found = {answer.outcome for answer in answers}
    return Outcome.UNMET if Outcome.UNMET in found else Outcome.ASK if Outcome.ASK in found else Outcome.MET


def sources(facts: Iterable[Known]) -> str:
    """Where facts come from, each once."""
    return "；".join(dict.fromkeys(fact.source for fact in facts if fact.source)) or "资格状况"
