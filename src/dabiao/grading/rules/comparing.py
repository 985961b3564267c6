"""The re-check's sheet against the review's, item by item: agreement, drift in points, what was missed.

The review is taken as it was signed. What it had found and was put right since stands apart 整改后: points
regained are neither drift nor disagreement. What is still so, or worse, is compared like everything else.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from dabiao.sheets.rules.sums import score_lines
from dabiao.sheets.rules.values import Answers, ItemScore
from dabiao.standards.rules.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Compared:
    """One line. Points in thousandths; `drift` is positive where the review gave more than the re-check."""

    line: str
    number: str
    review: int
    recheck: int
    agrees: bool
    missed_veto: bool = False
    missed_major: bool = False
    rectified: bool = False  # found by the review, put right since, and better now
    reviewer: int = 0  # who recorded it in the review

    @property
    def drift(self) -> int:
        return 0 if self.rectified else self.review - self.recheck


@dataclass(frozen=True, slots=True)
class Tally:
    """What lines come to together."""

    compared: int = 0
    agreed: int = 0
    drift: int = 0
    missed_vetoes: int = 0
    missed_majors: int = 0
    rectified: int = 0


def compare(
    rulebook: Rulebook,
    review: Answers,
    recheck: Answers,
    *,
    reviewers: Mapping[str, int],
    majors: Collection[str] = (),
    known: Collection[str] = (),
    rectified: Collection[str] = (),
) -> tuple[Compared, ...]:
    """Every line both answered. `majors`: lines where the re-check found a major hazard; `known`: where the
    review had; `rectified`: where what the review had found was confirmed as put right since."""
    theirs, ours = answered(rulebook, review), answered(rulebook, recheck)
    return between(
        rulebook, theirs, ours, reviewers=reviewers, majors=majors, known=known, rectified=rectified
    )


def answered(rulebook: Rulebook, answers: Answers) -> dict[str, ItemScore]:
    """What each answer does, by line; lines without one are left out."""
    return {key: each for key, each in score_lines(rulebook, answers).items() if key in answers}


def between(
    rulebook: Rulebook,
    theirs: Mapping[str, ItemScore],
    ours: Mapping[str, ItemScore],
    *,
    reviewers: Mapping[str, int],
    majors: Collection[str] = (),
    known: Collection[str] = (),
    rectified: Collection[str] = (),
) -> tuple[Compared, ...]:
    """The same of scores: the review's, on whatever rulebook it stood, by the keys of this one."""
    return tuple(
        Compared(
            line=line.key,
            number=line.item.number or line.key,
            review=theirs[line.key].obtained,
            recheck=ours[line.key].obtained,
            agrees=_agree(theirs[line.key], ours[line.key]),
            missed_veto=ours[line.key].vetoed and not theirs[line.key].vetoed,
            missed_major=line.key in majors and line.key not in known,
            rectified=line.key in rectified and _better(ours[line.key], theirs[line.key]),
            reviewer=reviewers.get(line.key, 0),
        )
        for line in rulebook.lines()
        if line.key in theirs and line.key in ours
    )


def _agree(one: ItemScore, other: ItemScore) -> bool:
    """The same in points, off the element, and in what it vetoes."""
    return (one.applies, one.lost, one.extra, one.total, one.vetoed) == (
        other.applies,
        other.lost,
        other.extra,
        other.total,
        other.vetoed,
    )


def _better(now: ItemScore, then: ItemScore) -> bool:
    """Nothing is worse than the review had it, and something is better."""
    pairs = (
        (now.lost, then.lost),
        (now.extra, then.extra),
        (now.total, then.total),
        (now.vetoed, then.vetoed),
    )
    same = now.applies == then.applies
    return same and all(new <= old for new, old in pairs) and any(new < old for new, old in pairs)


def tally(lines: Iterable[Compared]) -> Tally:
    found = list(lines)
    apart = sum(each.rectified for each in found)
    return Tally(
        compared=len(found) - apart,
        agreed=sum(each.agrees for each in found),
        drift=sum(each.drift for each in found),
        missed_vetoes=sum(each.missed_veto for each in found),
        missed_majors=sum(each.missed_major for each in found),
        rectified=apart,
    )


def by_reviewer(lines: Iterable[Compared]) -> dict[int, Tally]:
    """Each reviewer by the lines they recorded."""
    found: dict[int, list[Compared]] = {}
    for each in lines:
        found.setdefault(each.reviewer, []).append(each)
    return {reviewer: tally(some) for reviewer, some in sorted(found.items())}


def plain(lines: Iterable[Compared]) -> dict[str, Any]:
    """As it is kept: the tally, and the lines that differ."""
    found = list(lines)
    differing = [asdict(each) for each in found if not each.agrees or each.missed_major]
    return {**asdict(tally(found)), "lines": differing}
