"""The review judged by a verification: each item that still reads the same, in the report and today."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from dabiao.grading.rules import comparing
from dabiao.grading.rules.comparing import Compared
from dabiao.reviews.rules.followups import carried
from dabiao.sheets.rules.values import Answers
from dabiao.standards.rules.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What the report stands on. `reviewers`, `known` and `rectified` go by the keys of `rulebook`."""

    rulebook: Rulebook
    answers: Answers
    reviewers: Mapping[str, int]
    known: Collection[str]  # lines where the review had found a major hazard
    rectified: Collection[str]  # lines whose findings were confirmed as put right


def judge(then: Reviewed, today: Rulebook, answers: Answers, majors: Collection[str]) -> tuple[Compared, ...]:
    """Items by the words of their requirement, and only where they still give as many points."""
    theirs, ours = comparing.answered(then.rulebook, then.answers), comparing.answered(today, answers)
    keys = carried(theirs, then.rulebook.book, today.book)
    same = {old: new for old, new in keys.items() if new in ours and ours[new].points == theirs[old].points}
    return comparing.between(
        today,
        {new: theirs[old] for old, new in same.items()},
        ours,
        reviewers={new: then.reviewers[old] for old, new in same.items() if old in then.reviewers},
        majors=majors,
        known={same[old] for old in then.known if old in same},
        rectified={same[old] for old in then.rectified if old in same},
    )


def plain(lines: Iterable[Compared], names: Mapping[int, str]) -> dict[str, Any]:
    """As it is kept: the whole, the lines that differ, and each reviewer by the lines they scored."""
    found = list(lines)
    by = comparing.by_reviewer(found)
    mine = [{"account": key, "name": names.get(key, ""), **asdict(tally)} for key, tally in by.items() if key]
    return {**comparing.plain(found), "reviewers": mine}
