"""What a scorer takes and gives, as plain values. Points are integer thousandths (`kernel.points`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from dabiao.standards.rules.book import Group
from dabiao.standards.rules.rulebook import Veto


class Verdict(StrEnum):
    CONFORMS = "conforms"
    DEDUCTED = "deducted"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Deduction:
    """One rule of the item used: how often, or (FREE rules) how many thousandths; with words."""

    rule: str
    count: int = 1
    points: int = 0  # FREE only
    words: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer exists from when it is given; a missing one is missing, never 0."""

    verdict: Verdict
    deductions: tuple[Deduction, ...] = ()
    words: str = ""  # what was found
    reason: str = ""  # why not applicable

    @property
    def applies(self) -> bool:
        return self.verdict is not Verdict.NOT_APPLICABLE


Answers = Mapping[str, Answer]  # by item key


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence of the explanation, with the clause it rests on and since when that is in force."""

    text: str
    clause: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True)
class ItemScore:
    """What one answer does. `lost` <= points; `extra` and `total` lie outside the item."""

    points: int
    lost: int
    extra: int
    total: int
    applies: bool
    vetoed: bool
    reasons: tuple[str, ...] = ()  # one sentence per deduction used

    @property
    def obtained(self) -> int:
        return self.points - self.lost if self.applies else 0


@dataclass(frozen=True, slots=True)
class Sums:
    """Raw sums of one outermost element; additive, so that saving one answer costs the same anywhere."""

    full: int = 0
    answered: int = 0  # items answered (a count, not points)
    items: int = 0
    answered_points: int = 0  # points of the items answered, applying or not
    not_applicable: int = 0
    lost: int = 0
    extra: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class ElementScore:
    key: str
    name: str
    full: int
    not_applicable: int
    obtained: int  # floored at 0 after extras
    extra: int
    rate: Fraction | None  # exact; None where nothing applies
    group: Group
    answered: int
    items: int


@dataclass(frozen=True, slots=True)
class Result:
    """The score and why. `score` is None while anything is unanswered; `provisional` then holds the
    score over what is answered so far."""

    full: int
    not_applicable: int
    obtained: int
    total_deduction: int
    score: Decimal | None
    provisional: Decimal | None
    level: str | None  # glossary identifier, "failed" where a veto or too low a score fails
    elements: tuple[ElementScore, ...]
    items: Mapping[str, ItemScore]
    vetoes: tuple[Veto, ...]  # those hit
    missing: tuple[str, ...]  # item keys (and veto keys) without an answer
    reasons: tuple[Reason, ...]
    groups: Mapping[str, Fraction] | None = None  # two_groups: exact rate per group
    p: Decimal | None = None  # two_groups: 1000 x obtained / applicable


def answer(plain: Mapping[str, Any]) -> Answer:
    """Read an answer from JSON values."""
    return Answer(
        verdict=Verdict(plain["verdict"]),
        deductions=tuple(Deduction(**each) for each in plain.get("deductions", ())),
        words=plain.get("words", ""),
        reason=plain.get("reason", ""),
    )
