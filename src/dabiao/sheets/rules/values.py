"""What a scorer takes and gives, as plain values. Points are integer thousandths (`kernel.points`)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from operator import add, attrgetter, sub
from typing import Any, Final

from dabiao.kernel.points import rate
from dabiao.standards.rules.book import Group
from dabiao.standards.rules.rulebook import Veto

FAILED: Final = "failed"  # the level of what does not pass


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

    def plain(self) -> dict[str, Any]:
        """As JSON values, empty points and words left out."""
        rest = {"points": self.points, "words": self.words}
        return {"rule": self.rule, "count": self.count} | {name: each for name, each in rest.items() if each}


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

    def plain(self) -> dict[str, Any]:
        """As JSON values, defaults left out; `answer` reads them back."""
        used = [each.plain() for each in self.deductions]
        rest = {"deductions": used, "words": self.words, "reason": self.reason}
        return {"verdict": str(self.verdict)} | {name: value for name, value in rest.items() if value}


Answers = Mapping[str, Answer]  # by line key: an item's, or a free condition's


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
    vetoes: tuple[Veto, ...] = ()  # those it hits
    reasons: tuple[str, ...] = ()  # one sentence per deduction used

    @property
    def vetoed(self) -> bool:
        return bool(self.vetoes)

    @property
    def obtained(self) -> int:
        return self.points - self.lost if self.applies else 0


@dataclass(frozen=True, slots=True)
class Sums:
    """Raw sums of one outermost element; additive, so that saving one answer costs the same anywhere."""

    answered: int = 0  # lines answered (a count, not points)
    answered_points: int = 0  # points of the lines answered, applying or not
    not_applicable: int = 0
    lost: int = 0
    extra: int = 0
    total: int = 0
    vetoed: int = 0  # lines that hit a veto (a count)

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(*map(add, _raw(self), _raw(other)))

    def __sub__(self, other: "Sums") -> "Sums":
        return Sums(*map(sub, _raw(self), _raw(other)))

    def named(self) -> tuple[str, ...]:
        """The names of those that are not 0."""
        return (*[name for name, each in zip(SUMS, _raw(self), strict=True) if each],)

    def raw(self) -> "Raw":
        return _raw(self)


SUMS: Final = tuple(each.name for each in fields(Sums))
Raw = tuple[int, ...]  # the numbers of `Sums`, in the order of `SUMS`: as rows are read, dozens at every save
_raw: Callable[[Sums], Raw] = attrgetter(*SUMS)  # astuple would copy deeply, on every line


def whole(parts: Iterable[Raw]) -> Sums:
    """All of them added up, column by column: every save does it."""
    return Sums(*map(sum, zip(*parts, strict=True)))


@dataclass(frozen=True, slots=True)
class ElementScore:
    """One outermost element, over the lines answered so far."""

    key: str
    name: str
    full: int
    not_applicable: int
    applicable: int  # points answered that apply; full - not_applicable once all is answered
    obtained: int  # floored at 0 after extras
    extra: int
    group: Group
    answered: int
    items: int

    @property
    def rate(self) -> Fraction | None:
        """Exact; None where nothing applies."""
        return rate(self.obtained, self.applicable)


@dataclass(frozen=True, slots=True)
class Running:
    """The score as far as sums alone tell it; equal to the same fields of `Result`."""

    full: int
    not_applicable: int
    applicable: int
    obtained: int  # after extras and what goes off the grand total, floored at 0
    total_deduction: int
    rate: Fraction | None  # obtained / applicable, exact; None where nothing answered applies
    score: Decimal | None  # None while anything is unanswered, or where nothing applies
    provisional: Decimal | None  # the score over what is answered so far; equals `score` once it is there
    by_score: str | None  # the level that the score alone gives; None while there is no score
    level: str | None  # glossary identifier, `FAILED` where a veto or too low a score fails
    elements: tuple[ElementScore, ...]
    answered: int  # lines
    lines: int
    vetoed: int  # lines that hit a veto
    groups: Mapping[Group, Fraction] | None = None  # two_groups: exact rate per group where one applies
    p: Decimal | None = None  # two_groups: 1000 x obtained / applicable, one decimal for showing


@dataclass(frozen=True, slots=True, kw_only=True)
class Result(Running):
    """The score and why. An unanswered line means no score; a veto fails even before the last answer."""

    items: Mapping[str, ItemScore]  # by line key, those answered or preset
    vetoes: tuple[Veto, ...]  # those hit
    missing: tuple[str, ...]  # line keys without an answer
    reasons: tuple[Reason, ...]


def answer(plain: Mapping[str, Any]) -> Answer:
    """Read an answer from JSON values."""
    return Answer(
        verdict=Verdict(plain["verdict"]),
        deductions=(*[Deduction(**each) for each in plain.get("deductions", ())],),
        words=plain.get("words", ""),
        reason=plain.get("reason", ""),
    )
