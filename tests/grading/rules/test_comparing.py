"""The re-check against the review: cases anyone can read, and what must always hold."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dabiao.grading.rules.comparing import by_reviewer, compare, plain, tally
from dabiao.law.reading import documents
from dabiao.sheets.rules.values import Answer
from dabiao.standards.rules.book import VetoLevel
from sheets.rules.inventing import ABSENT, CONFORMS, deducted, item, rule, rulebook

FOLDER = Path(__file__).parents[2] / "cases" / "comparing"
CASES = [case for _, rows in documents(FOLDER) for case in rows]
BOOK = rulebook(item("甲", "10", rule()), item("乙", "10", rule(), veto=VetoLevel.VETO))
POINT = 1000
SAID = st.sampled_from(["符合", "不适用", 1, 2, 3])
SHEETS = st.fixed_dictionaries({"甲": SAID, "乙": SAID})
SOME = st.sets(st.sampled_from(["甲", "乙"]))


def answers(said: dict[str, str | int]) -> dict[str, Answer]:
    plain_ = {"符合": CONFORMS, "不适用": ABSENT}
    return {
        key: deducted(("1", told)) if isinstance(told, int) else plain_[told] for key, told in said.items()
    }


@pytest.mark.obligation("Q4-organizer-check")
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_cases(case: dict[str, Any]) -> None:
    more = {name: case.get(name, ()) for name in ("rectified", "majors", "known")}
    found = compare(BOOK, answers(case["review"]), answers(case["recheck"]), reviewers={"甲": 7}, **more)
    counted = asdict(tally(found))
    assert counted.pop("drift") == POINT * case["expected"].pop("drift", 0)
    assert {name: n for name, n in counted.items() if n} == case["expected"]


@given(SHEETS, SHEETS, SOME, SOME)
def test_what_was_put_right_hides_nothing_that_is_worse(
    review: dict[str, str | int], recheck: dict[str, str | int], rectified: set[str], majors: set[str]
) -> None:
    told = (BOOK, answers(review), answers(recheck))
    strict = compare(*told, reviewers={}, majors=majors)
    mild = compare(*told, reviewers={}, majors=majors, rectified=rectified)
    for one, other in zip(strict, mild, strict=True):
        assert (one.missed_veto, one.missed_major) == (other.missed_veto, other.missed_major)
        assert one == other or (other.rectified and one.drift <= 0 and not one.missed_veto)


@given(SHEETS, SHEETS, SOME)
def test_reviewers_add_up_to_the_whole_and_what_differs_is_kept(
    review: dict[str, str | int], recheck: dict[str, str | int], rectified: set[str]
) -> None:
    who = {"甲": 1, "乙": 2}
    found = compare(BOOK, answers(review), answers(recheck), reviewers=who, rectified=rectified)
    whole, parts = asdict(tally(found)), [asdict(each) for each in by_reviewer(found).values()]
    assert whole == {name: sum(each[name] for each in parts) for name in whole}
    kept = {each["line"] for each in plain(found)["lines"]}
    assert kept == {each.line for each in found if not each.agrees}
