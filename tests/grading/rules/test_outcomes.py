"""What keeps a re-check from passing: pure, without a database."""

from dataclasses import replace
from datetime import date

import pytest

from dabiao.grading.rules import comparing, extent, extras, numbers, outcomes, papers
from dabiao.grading.rules.outcomes import Found
from dabiao.sheets.rules.values import Answer, Deduction, Verdict
from dabiao.standards.rules.rulebook import Rulebook
from editions import small_book

FINE = Found("level_2", onsite=True, closed=True, result="level_2")
BOOK = Rulebook(small_book(), edition="1", day="2026-03-25")
CONFORMS = Answer(Verdict.CONFORMS)


def test_nothing_in_the_way_passes() -> None:
    assert outcomes.obstacles(FINE) == ()
    assert outcomes.may("pass", (), formal=False) is None
    assert outcomes.may("refuse", (), formal=False) is not None
    assert outcomes.may("refuse", (), formal=True) is None


@pytest.mark.parametrize(
    ("more", "kind", "back"),
    [
        ({"vetoes": ["未排查隐患"]}, "veto", False),
        ({"hard": ["没有预案"]}, "condition", False),
        ({"majors": ["2.1.1"]}, "major", True),
        ({"extras": ["积尘"]}, "extra", True),
        ({"papers": ["得分"]}, "papers", True),
        ({"closed": False}, "sheet", True),
        ({"result": "level_3"}, "level", True),
        ({"industrial": True}, "district", True),
        ({"industrial": True, "district": False}, "against", True),
    ],
)
def test_each_obstacle_keeps_it_from_passing(more: dict[str, object], kind: str, back: bool) -> None:
    found = outcomes.obstacles(replace(FINE, **more))
    assert [each.kind for each in found] == [kind]
    assert outcomes.may("pass", found, formal=False) == found[0]
    assert (outcomes.may("back_to_review", found, formal=False) is None) is back
    assert outcomes.kept([each.plain() for each in found]) == found


def test_silence_is_no_ground_to_refuse_but_a_word_against_is() -> None:
    silent = outcomes.obstacles(replace(FINE, industrial=True))
    against = outcomes.obstacles(replace(FINE, industrial=True, district=False))
    assert outcomes.may("refuse", silent, formal=False) is not None
    assert outcomes.may("refuse", against, formal=False) is None


def test_a_comparison_says_what_the_review_gave_too_much_and_what_it_missed() -> None:
    review = {line.key: CONFORMS for line in BOOK.lines()}
    recheck = review | {
        "1.1.2": Answer(Verdict.DEDUCTED, (Deduction("1"),), "没有落实"),
        "2.1.2": Answer(Verdict.DEDUCTED, (Deduction("1"),), "没有排查"),
    }
    reviewers = {line.key: 1 if line.key.startswith("1") else 2 for line in BOOK.lines()}
    lines = comparing.compare(BOOK, review, recheck, reviewers=reviewers, majors=["2.1.1"], known=[])
    mine = comparing.by_reviewer(lines)
    assert (mine[1].drift, mine[1].missed_vetoes) == (5000, 0)
    assert (mine[2].drift, mine[2].missed_vetoes, mine[2].missed_majors) == (20000, 1, 1)
    whole = comparing.tally(lines)
    assert (whole.compared, whole.compared - whole.agreed) == (6, 2)
    assert comparing.plain(lines)["drift"] == 25000


def test_the_share_of_a_level_is_a_lot_of_its_number() -> None:
    assert all(extent.onsite(100, str(n)) for n in range(50))
    assert not any(extent.onsite(0, str(n)) for n in range(50))
    some = [extent.onsite(30, str(n)) for n in range(1000)]
    assert 230 < sum(some) < 370
    assert some == [extent.onsite(30, str(n)) for n in range(1000)]
    assert (extent.share_of(11, 10), extent.share_of(10, 10), extent.share_of(1, 10)) == (2, 1, 1)


def test_industry_and_special_areas_are_data() -> None:
    assert extent.industrial("C", ("B", "C", "D"))
    assert not extent.industrial("F", ("B", "C", "D"))
    assert extent.intensified(["cold_store", "liquor"], ("ammonia", "liquor")) == ["liquor"]
    assert {each["area"] for each in extras.extras(["ammonia"])} == {"ammonia"}
    assert extras.extras(["cold_store"]) == []


def test_every_special_area_of_the_law_has_further_items() -> None:
    for area in ("dust_explosion", "ammonia", "liquor", "hazardous_chemical_use"):
        found = extras.extras([area])
        assert found
        assert extras.unanswered(found) == [each["title"] for each in found]
        assert extras.unmet([{**found[0], "met": False}])


def test_a_point_not_met_says_why() -> None:
    whole = {each.id: papers.Checked(met=True) for each in papers.checklist()}
    assert papers.faults(whole) == {}
    assert set(papers.faults(whole | {"team": papers.Checked(met=False)})) == {"team"}
    assert len(papers.faults({})) == len(papers.checklist())
    assert papers.plain(whole)[0]["clause"] == "quality-2015/4"


def test_numbers_and_last_days() -> None:
    scheme = {"prefix": "京AQB", "digits": 5, "levels": {"level_2": "Ⅱ"}}
    assert numbers.number(scheme, "level_2", 2026, 12) == "京AQBⅡ202600012"
    last = numbers.last_day(date(2024, 2, 29), 3)
    assert last == date(2027, 2, 28)
    assert numbers.holds(date(2024, 2, 29), last, None, last)
    assert not numbers.holds(date(2024, 2, 29), last, date(2025, 1, 1), date(2025, 1, 1))
