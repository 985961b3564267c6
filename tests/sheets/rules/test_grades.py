"""Levels stand on ladders; the lower of two is taken."""

import pytest

from dabiao.sheets.rules.grades import LADDERS, lower
from dabiao.sheets.rules.scoring import score
from sheets.rules.inventing import CONFORMS, item, rulebook


@pytest.mark.parametrize("ladder", LADDERS)
def test_the_lower_of_two_levels_is_the_later_on_their_ladder(ladder):
    for place, one in enumerate(ladder):
        for other in ladder[place:]:
            assert lower(one, other) == lower(other, one) == other


@pytest.mark.parametrize(("one", "other"), [("level_2", "B"), ("A", "level_1"), ("level_1", "gold")])
def test_levels_of_different_ladders_are_not_compared(one, other):
    with pytest.raises(ValueError, match="不属于同一套等级"):
        lower(one, other)


def test_a_performance_level_of_another_ladder_is_an_error_not_a_guess():
    with pytest.raises(ValueError, match="不属于同一套等级"):
        score(rulebook(item("1")), {"1": CONFORMS}, "A")
