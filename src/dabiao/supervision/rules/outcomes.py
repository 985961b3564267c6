"""What a verification comes to, by its facts. A major hazard or a level not kept leaves no choice."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from dabiao.grading.rules.outcomes import below

KEEP, RECTIFY, REVOKE = "keep", "rectify", "revoke"
Q8: Final = "quality-2015/8"


@dataclass(frozen=True, slots=True)
class Found:
    """What the visit has brought to light, as plain values."""

    level: str  # of the certificate
    result: str | None  # the level of the sheet
    score: str = ""
    majors: Sequence[str] = ()  # in the words of the sheet; vetoes not satisfied among them
    findings: int = 0  # lines that lose points
    overdue: Sequence[str] = ()  # hazards found earlier and not put right in their time


@dataclass(frozen=True, slots=True)
class Reason:
    """`outcome` is what it leads to."""

    outcome: str
    text: str
    clause: str = Q8

    def plain(self) -> dict[str, Any]:
        return asdict(self)


def reasons(found: Found) -> tuple[Reason, ...]:
    """All of them, the gravest first; where nothing is wrong, that."""
    score = f"（核查得分 {found.score}）" if found.score else ""
    told = [Reason(REVOKE, f"存在重大事故隐患：{each}") for each in found.majors]
    if found.result is None or below(found.result, found.level):
        told.append(Reason(REVOKE, f"核查结果没有达到证书的等级{score}。"))
    if found.findings:
        told.append(Reason(RECTIFY, f"核查发现 {found.findings} 项不符合，应当限期整改。"))
    told += [Reason(RECTIFY, f"达标后的隐患逾期没有整改到位：{each}", "uplift/19") for each in found.overdue]
    return (*told,) or (Reason(KEEP, f"达标等级保持，没有发现不符合{score}。"),)


def outcome(told: Sequence[Reason]) -> str:
    """The gravest that any of them leads to."""
    return next(each for each in (REVOKE, RECTIFY, KEEP) if any(one.outcome == each for one in told))
