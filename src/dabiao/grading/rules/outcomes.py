"""What keeps a re-check from passing, and to which outcomes it may lead. A veto never passes."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from dabiao.sheets.rules.grades import LADDERS

PASS, REFUSE = "pass", "refuse"
BACK_TO_REVIEW, BACK_TO_RECTIFY, BACK_TO_WRITE = "back_to_review", "back_to_rectify", "back_to_write"
BACK: Final = (BACK_TO_REVIEW, BACK_TO_RECTIFY, BACK_TO_WRITE)
TITLES: Final = {
    PASS: "复核通过",
    BACK_TO_REVIEW: "退回重新评审",
    BACK_TO_RECTIFY: "退回继续整改",
    BACK_TO_WRITE: "退回修改报告",
    REFUSE: "不予通过",
}
VETO, LEVEL, MAJOR, EXTRA, AGAINST = "veto", "level", "major", "extra", "against"
PAPERS, SHEET, DISTRICT, CONDITION, WORDS = "papers", "sheet", "district", "condition", "formality"
NO_GROUND: Final = frozenset({SHEET, DISTRICT})  # what has not been done yet speaks against nobody


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing that stands in the way, with its clause. `final`: it can only be refused."""

    kind: str
    text: str
    clause: str
    final: bool = False

    def plain(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Found:
    """What the re-check has brought to light, as plain values."""

    level: str  # applied for
    papers: Sequence[str] = ()  # points of the check list not met
    onsite: bool = True  # asked for on site
    closed: bool = False  # the sheet is closed
    result: str | None = None  # the level of the re-check's sheet
    vetoes: Sequence[str] = ()
    majors: Sequence[str] = ()
    extras: Sequence[str] = ()  # intensified items not met
    industrial: bool = False
    district: bool | None = None  # the district department's opinion; None: not filed
    hard: Sequence[str] = ()  # hard refusals in force


def obstacles(found: Found) -> tuple[Obstacle, ...]:
    """All of them, the gravest first."""
    told = [
        *(Obstacle(VETO, f"复核触发否决项：{each}", "uplift/2", final=True) for each in found.vetoes),
        *(Obstacle(CONDITION, f"存在不得通过的情形：{each}", "uplift/2", final=True) for each in found.hard),
        *(Obstacle(MAJOR, f"复核发现重大隐患：{each}", "uplift/10") for each in found.majors),
        *(Obstacle(EXTRA, f"加大复核项目不符合：{each}", "quality-2015/2") for each in found.extras),
        *(Obstacle(PAPERS, f"评审资料不符合：{each}", "quality-2015/4") for each in found.papers),
    ]
    return (*told, *_onsite(found), *_district(found))


def _onsite(found: Found) -> list[Obstacle]:
    if not found.onsite:
        return []
    if not found.closed:
        return [Obstacle(SHEET, "还没有完成现场复核。", "quality-2015/2")]
    if found.result is None or below(found.result, found.level):
        return [Obstacle(LEVEL, "复核得分没有达到申请的等级。", "uplift/11")]
    return []


def _district(found: Found) -> list[Obstacle]:
    """For industrial units the district's opinion is part of the re-check; silence is never consent."""
    if not found.industrial or found.district:
        return []
    if found.district is None:
        return [Obstacle(DISTRICT, "区行业主管部门还没有对现场复核提出意见。", "quality-2015/2")]
    return [Obstacle(AGAINST, "区行业主管部门对现场复核提出不同意见。", "quality-2015/2")]


def below(result: str, level: str) -> bool:
    """Whether a level reached is lower than the one applied for; small units by their own pass mark."""
    ladder = next((each for each in LADDERS if level in each), ())
    return result not in ladder or ladder.index(result) > ladder.index(level)


def may(outcome: str, found: Sequence[Obstacle], *, formal: bool) -> Obstacle | None:
    """None where the outcome is open; else the obstacle. Refusing needs a ground: one found, or formality."""
    if outcome == PASS:
        return next(iter(found), None)
    if outcome in BACK:
        return next((each for each in found if each.final), None)
    if not formal and all(each.kind in NO_GROUND for each in found):
        return Obstacle(WORDS, "没有不予通过的理由。", "uplift/11")
    return None


def kept(plain: Sequence[Mapping[str, Any]]) -> tuple[Obstacle, ...]:
    """The way back from `Obstacle.plain`."""
    return tuple(Obstacle(**each) for each in plain)
