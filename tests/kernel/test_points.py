"""Points are exact thousandths; rounding is half up."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dabiao.kernel.points import half_up, points, rate, spell

QUICK = settings(max_examples=100, derandomize=True, deadline=None)


@pytest.mark.parametrize(
    ("text", "thousandths"),
    [("2.5", 2500), (4, 4000), (" 10 ", 10_000), ("-10", -10_000), ("0.001", 1), (Decimal("1E+1"), 10_000)],
)
def test_points_are_read_exactly(text, thousandths):
    assert points(text) == thousandths


@pytest.mark.parametrize("text", ["", "两分", "0.0001", "NaN", "Infinity", "1,5"])
def test_what_is_no_number_of_points_is_refused(text):
    with pytest.raises(ValueError, match="分值"):
        points(text)


@pytest.mark.parametrize(
    ("thousandths", "text"), [(0, "0"), (2500, "2.5"), (1_000_000, "1000"), (-10_500, "-10.5"), (1, "0.001")]
)
def test_points_are_written_the_shortest_exact_way(thousandths, text):
    assert spell(thousandths) == text


@QUICK
@given(st.integers(-(10**9), 10**9))
def test_what_is_written_reads_back(thousandths):
    assert points(spell(thousandths)) == thousandths


@pytest.mark.parametrize(
    ("value", "rounded"),
    [
        ("74.95", "75.0"),
        ("74.949999", "74.9"),
        ("0.25", "0.3"),
        ("0.05", "0.1"),
        ("100", "100.0"),
        ("0", "0.0"),
    ],
)
def test_rounding_is_half_up_not_half_even(value, rounded):
    assert str(half_up(Fraction(value))) == rounded


@QUICK
@given(st.fractions(0, 1000), st.sampled_from((Decimal("0.1"), Decimal("0.01"), Decimal("1"))))
def test_rounding_moves_by_at_most_half_a_step_and_up_at_the_half(value, step):
    assert half_up(value, step, times=7) == half_up(7 * value, step)
    moved = Fraction(half_up(value, step)) - value
    assert -Fraction(step) / 2 < moved <= Fraction(step) / 2


def test_a_rate_is_exact_and_absent_where_nothing_applies():
    assert rate(7999, 10_000) == Fraction(7999, 10_000) < Fraction(8, 10)
    assert rate(0, 0) is None
    assert rate(0, 5) == 0
