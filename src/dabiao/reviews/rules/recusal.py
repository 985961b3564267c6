"""Who must not review a unit: employed there within the cycle, its adviser, its kin (house/recusal)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

CLAUSE: Final = "house/recusal"


class Ground(StrEnum):
    EMPLOYED = "employed"
    CONSULTING = "consulting"
    KINSHIP = "kinship"
    INTEREST = "interest"


TITLES: Final = {
    Ground.EMPLOYED: "在该企业任职，或本创建周期内任过职",
    Ground.CONSULTING: "为该企业提供过咨询",
    Ground.KINSHIP: "与该企业主要负责人、安全管理人员有近亲属关系",
    Ground.INTEREST: "有其他可能影响公正评审的利害关系",
}


@dataclass(frozen=True, slots=True)
class Tie:
    """A known tie of the person to the unit; `until` is the first day no longer."""

    ground: Ground
    words: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Declared:
    """What the person declares before joining: which grounds there are, and in words."""

    grounds: tuple[Ground, ...] = ()
    words: str = ""

    def plain(self) -> dict[str, Any]:
        return {"grounds": [each.value for each in self.grounds], "words": self.words}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody must stand aside: fact, rule, clause, and where the fact comes from."""

    ground: Ground
    fact: str
    source: str
    clause: str = CLAUSE


def reasons(
    ties: Iterable[Tie], declared: Declared | None, cycle_began: date, day: date
) -> tuple[Reason, ...]:
    """All of them; empty where the person may review. A tie that ended before the cycle counts no more."""
    known = (_known(each) for each in ties if _counts(each, cycle_began, day))
    return (*known, *_declared(declared))


def _counts(tie: Tie, cycle_began: date, day: date) -> bool:
    return tie.since <= day and (tie.until is None or tie.until > cycle_began)


def _known(tie: Tie) -> Reason:
    return Reason(tie.ground, tie.words, "系统登记")


def _declared(declared: Declared | None) -> Iterator[Reason]:
    if declared is not None:
        for ground in declared.grounds:
            yield Reason(ground, declared.words.strip() or TITLES[ground], "本人申报")
