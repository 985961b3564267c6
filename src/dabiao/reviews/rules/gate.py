"""The gate of the initial visit (uplift/10): what holds it, worked out; nobody clears it against that."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

CLEAR, HOLD = "clear", "hold"
VETO_CLAUSE: Final = "uplift/10"


@dataclass(frozen=True, slots=True)
class Reason:
    words: str
    clause: str


@dataclass(frozen=True, slots=True)
class Facts:
    """In words: vetoes not satisfied, hard refusals that stand, major hazards and serious violations."""

    vetoes: tuple[str, ...] = ()
    refusals: tuple[str, ...] = ()
    serious: tuple[str, ...] = ()  # found at this visit
    open_major: tuple[str, ...] = ()  # known before and not put right


@dataclass(frozen=True, slots=True)
class Gate:
    reasons: tuple[Reason, ...]

    @property
    def outcome(self) -> str:
        return HOLD if self.reasons else CLEAR


def gate(facts: Facts, refusals_clause: str) -> Gate:
    """A veto unsatisfied, a hard refusal standing, or a major hazard holds."""
    return Gate(
        (
            *_each("否决项不符合", facts.vetoes, VETO_CLAUSE),
            *_each("不得通过的情形", facts.refusals, refusals_clause),
            *_each("重大事故隐患或者严重违法行为", facts.serious, VETO_CLAUSE),
            *_each("尚未销号的重大隐患", facts.open_major, VETO_CLAUSE),
        )
    )


def _each(title: str, words: Iterable[str], clause: str) -> Iterable[Reason]:
    return (Reason(f"{title}：{each}", clause) for each in words)
