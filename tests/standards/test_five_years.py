"""The five-year clock: due, soon, chased, revised."""

from datetime import date

import pytest

from dabiao.standards.rules.five_years import Chasing, chase_again, clock, due_day

DUE = date(2026, 3, 1)


def test_the_clock_starts_again_when_reaffirmed() -> None:
    assert due_day(date(2020, 2, 29), None, 5) == date(2025, 2, 28)
    assert due_day(date(2020, 1, 1), date(2025, 6, 1), 5) == date(2030, 6, 1)
    assert due_day(date(2024, 1, 1), date(2023, 6, 1), 5) == date(2029, 1, 1)


@pytest.mark.parametrize(
    ("day", "chased", "revising", "expected"),
    [
        (date(2025, 8, 31), None, False, Chasing.LATER),
        (date(2025, 9, 1), None, False, Chasing.SOON),
        (date(2026, 3, 1), None, False, Chasing.DUE),
        (date(2026, 3, 2), date(2026, 2, 1), False, Chasing.DUE),
        (date(2026, 3, 2), date(2026, 3, 1), False, Chasing.CHASED),
        (date(2026, 3, 2), date(2026, 3, 1), True, Chasing.REVISING),
    ],
)
def test_where_a_standard_stands(day: date, chased: date | None, revising: bool, expected: Chasing) -> None:
    found = clock(DUE, day, chased=chased, revising=revising)
    assert (found.chasing, found.overdue) == (expected, expected in {Chasing.DUE, Chasing.CHASED})
    assert found.title


def test_an_owner_is_reminded_again_after_a_month() -> None:
    assert not chase_again(None, DUE, date(2026, 2, 28))
    assert chase_again(None, DUE, DUE)
    assert not chase_again(DUE, DUE, date(2026, 3, 31))
    assert chase_again(DUE, DUE, date(2026, 4, 1))
