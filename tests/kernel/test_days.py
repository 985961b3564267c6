"""Working days: what must always hold, and the vectors of 2026."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dabiao import law
from dabiao.kernel.days import DAY, Calendar, Year, day_of, months_after, spelled, years_after
from dabiao.kernel.errors import Invalid

KNOWN = law.calendars()
DAYS = st.dates(date(2023, 6, 1), date(2027, 12, 31))
COVERED = st.dates(date(2024, 1, 1), date(2026, 12, 31))
quick = settings(max_examples=60, deadline=None, derandomize=True)


def days_after(start: date, end: date) -> list[date]:
    return [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]


@pytest.mark.parametrize(("year", "working"), [(2024, 251), (2025, 248), (2026, 248)])
def test_an_official_year_has_its_working_days(year: int, working: int) -> None:
    assert KNOWN.count(year) == working


@pytest.mark.parametrize(
    ("event", "length", "last"),
    [
        (date(2026, 2, 10), 20, date(2026, 3, 16)),
        (date(2026, 4, 28), 7, date(2026, 5, 11)),
        (date(2026, 9, 18), 20, date(2026, 10, 22)),
    ],
)
def test_limits_of_2026_end_where_the_calendar_says(event: date, length: int, last: date) -> None:
    due = KNOWN.add(event, length)
    assert (due.day, due.provisional) == (last, False)


def test_working_weekends_of_2026_are_the_six_published() -> None:
    year = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    worked = [day for day in year if day.weekday() > 4 and KNOWN.is_working(day)]
    assert worked == [date(2026, *at) for at in ((1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10))]


def test_a_year_not_entered_gives_a_provisional_date() -> None:
    due = KNOWN.add(date(2026, 12, 30), 3)
    assert (due.day, due.provisional, due.missing_years) == (date(2027, 1, 4), True, (2027,))


def test_an_event_on_the_last_day_of_a_missing_year_does_not_make_its_limit_provisional() -> None:
    assert Calendar({2026: Year()}).add(date(2025, 12, 31), 1).missing_years == ()


def test_entering_the_year_makes_the_date_certain() -> None:
    year = Year(frozenset({date(2027, 1, 1), date(2027, 1, 4)}))
    due = KNOWN.with_year(2027, year).add(date(2026, 12, 30), 3)
    assert (due.day, due.provisional) == (date(2027, 1, 6), False)


@pytest.mark.parametrize(
    ("holidays", "weekends", "words"),
    [
        ({date(2027, 1, 2)}, {date(2027, 1, 2)}, "同时列为放假和上班"),
        (set(), {date(2027, 1, 4)}, "不是周六或周日"),
        ({date(2026, 1, 1)}, set(), "不在 2027 年内"),
    ],
)
def test_a_wrong_calendar_is_refused_with_the_day(
    holidays: set[date], weekends: set[date], words: str
) -> None:
    with pytest.raises(Invalid, match=words):
        KNOWN.with_year(2027, Year(frozenset(holidays), frozenset(weekends)))


@quick
@given(DAYS, st.integers(0, 60))
def test_a_limit_holds_exactly_its_working_days(event: date, length: int) -> None:
    due = KNOWN.add(event, length).day
    assert sum(map(KNOWN.is_working, days_after(event, due))) == length
    assert length == 0 or KNOWN.is_working(due)


@quick
@given(DAYS, DAYS)
def test_between_counts_the_working_days_and_turns_its_sign(start: date, end: date) -> None:
    first, last = min(start, end), max(start, end)
    assert KNOWN.between(first, last) == sum(map(KNOWN.is_working, days_after(first, last)))
    assert KNOWN.between(start, end) == -KNOWN.between(end, start)


@quick
@given(COVERED, st.integers(0, 40))
def test_a_later_event_never_ends_earlier(event: date, length: int) -> None:
    assert KNOWN.add(event, length).day <= KNOWN.add(event + DAY, length).day


@quick
@given(DAYS, st.integers(-60, 60))
def test_months_keep_the_day_or_the_months_last(day: date, months: int) -> None:
    later = months_after(day, months)
    assert later.day == day.day or (later.day < day.day and (later + DAY).day == 1)
    assert (later.year - day.year) * 12 + later.month - day.month == months


def test_years_fall_back_to_the_last_of_february() -> None:
    assert years_after(date(2024, 2, 29), 3) == date(2027, 2, 28)
    assert months_after(date(2025, 8, 31), 6) == date(2026, 2, 28)


def test_a_day_ends_at_24_hours_in_shanghai() -> None:
    end = datetime(2026, 3, 16, 16, tzinfo=UTC)
    assert day_of(end) == date(2026, 3, 17)
    assert day_of(end - timedelta(microseconds=1)) == date(2026, 3, 16)


def test_a_moment_without_a_zone_has_no_day() -> None:
    with pytest.raises(ValueError, match="时区"):
        day_of(datetime(2026, 1, 1))  # noqa: DTZ001


def test_a_negative_number_of_working_days_is_refused() -> None:
    with pytest.raises(ValueError, match="不能为负"):
        KNOWN.add(date(2026, 1, 1), -1)


def test_a_day_in_running_text_has_no_leading_noughts() -> None:
    assert spelled(date(2026, 3, 2)) == "2026年3月2日"
