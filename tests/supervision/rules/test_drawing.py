"""How many are drawn, until when, and who has to be among those who go."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dabiao import law
from dabiao.supervision.rules import drawing

DAY = date(2026, 9, 1)


@pytest.mark.obligation("Q8-share")
@pytest.mark.parametrize(
    ("level", "announced", "wanted"),
    [("level_2", 1, 1), ("level_2", 10, 3), ("level_2", 11, 4), ("level_3", 11, 3), ("small_micro", 11, 2)],
)
def test_the_share_of_the_law_is_rounded_up(level: str, announced: int, wanted: int) -> None:
    share = law.on(DAY)["verification.share"].number_of(level)
    assert drawing.owed(announced, share, 0) == wanted


@pytest.mark.obligation("Q8-share")
@given(st.lists(st.integers(0, 40), min_size=1, max_size=6), st.sampled_from([10, 20, 30]))
def test_drawn_in_parts_it_comes_to_the_share_of_all(growth: list[int], share: int) -> None:
    """However often it is topped up, neither more nor less is drawn than at once."""
    announced = drawn = 0
    for more in growth:
        announced += more
        drawn += drawing.owed(announced, share, drawn)
    assert drawn == drawing.owed(announced, share, 0)


def test_a_last_day_lies_in_the_year_after() -> None:
    assert drawing.last_day(2026, "03-31") == date(2027, 3, 31)


def test_a_role_nobody_goes_for_is_named() -> None:
    assert drawing.lacking(["city", "district"], [{"city"}, {"city", "other"}]) == ["district"]
    assert drawing.lacking(["city", "district"], [{"city"}, {"district"}]) == []
