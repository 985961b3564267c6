"""What the conditions' answers and the auditor's findings come to together.

A finding settles what the facts leave open and may find against a fact, never for the unit against one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dabiao.creation.rules.conditions import Answer, Outcome


@dataclass(frozen=True, slots=True)
class Finding:
    """A person's word on one condition."""

    condition: str
    met: bool
    words: str
    by: str

    def plain(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in Finding.__slots__}


@dataclass(frozen=True, slots=True)
class Settled:
    """One condition with what it comes to."""

    answer: Answer
    outcome: Outcome
    finding: Finding | None = None

    @property
    def reason(self) -> str:
        """Why it is not met: the fact, or what was found."""
        return self.finding.words if self.finding and not self.finding.met else self.answer.fact


def settle(answers: Iterable[Answer], findings: Iterable[Finding]) -> tuple[Settled, ...]:
    """Every answer with the finding on it, if any counts."""
    said = {finding.condition: finding for finding in findings}
    return tuple(_one(answer, said) for answer in answers)


def _one(answer: Answer, said: Mapping[str, Finding]) -> Settled:
    finding = said.get(answer.condition)
    if finding is None or (answer.outcome is Outcome.UNMET and finding.met):
        return Settled(answer, answer.outcome)
    return Settled(answer, Outcome.MET if finding.met else Outcome.UNMET, finding)


def unmet(settled: Iterable[Settled]) -> list[Settled]:
    return [each for each in settled if each.outcome is Outcome.UNMET]


def asking(settled: Iterable[Settled]) -> list[Settled]:
    """Those still waiting for a person."""
    return [each for each in settled if each.outcome is Outcome.ASK]


def findings(plain: Iterable[Mapping[str, Any]]) -> tuple[Finding, ...]:
    """The way back from `Finding.plain`."""
    return tuple(Finding(**each) for each in plain)
