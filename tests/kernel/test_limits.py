"""Limits that run, stand still and run on."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dabiao import law
from dabiao.kernel.limits import Limit, LimitColour, LimitState, Suspension, Unit, due_day, running, words

KNOWN = law.calendars()
TEN = Limit(10)
STARTED = date(2026, 3, 2)  # a Monday; the tenth working day after it is Monday 16 March
COVERED = st.dates(date(2024, 1, 1), date(2026, 6, 30))
quick = settings(max_examples=60, deadline=None, derandomize=True)


def state(on: date, *suspensions: Suspension, limit: Limit = TEN, held: bool = False) -> LimitState:
    return running(limit, STARTED, suspensions, KNOWN, on, amber=3, held=held)


@pytest.mark.parametrize(
    ("on", "colour", "text"),
    [
        (date(2026, 3, 2), LimitColour.GREEN, "还剩 10 个工作日"),
        (date(2026, 3, 10), LimitColour.GREEN, "还剩 4 个工作日"),
        (date(2026, 3, 11), LimitColour.AMBER, "还剩 3 个工作日"),
        (date(2026, 3, 16), LimitColour.AMBER, "今天到期"),
        (date(2026, 3, 17), LimitColour.RED, "逾期 1 个工作日"),
    ],
)
def test_a_limit_turns_from_green_to_red(on: date, colour: LimitColour, text: str) -> None:
    now = state(on)
    assert (now.due, now.colour, words(now)) == (date(2026, 3, 16), colour, text)
    assert now.passed == now.may_close == (colour is LimitColour.RED)


def test_on_the_weekend_after_a_friday_it_has_passed_without_a_working_day() -> None:
    now = state(date(2026, 3, 14), limit=Limit(9))
    assert (now.due, now.passed, words(now)) == (date(2026, 3, 13), True, "已逾期")


def test_while_suspended_nothing_is_used_up() -> None:
    asked = date(2026, 3, 5)
    for on in (asked, date(2026, 3, 20), date(2026, 6, 1)):
        now = state(on, (asked, None))
        assert (now.remaining, now.suspended, now.passed) == (7, True, False)
    assert words(state(date(2026, 4, 1), (asked, None))) == "已暂停，还剩 7 个工作日"


def test_the_remaining_days_run_on_from_the_day_after_completion() -> None:
    completed = date(2026, 3, 18)
    now = state(completed, (date(2026, 3, 5), completed))
    assert (now.remaining, now.suspended, now.due) == (7, False, KNOWN.add(completed, 7).day)


def test_a_suspension_after_the_end_saves_nothing() -> None:
    now = state(date(2026, 3, 18), (date(2026, 3, 17), None))
    assert (now.passed, now.suspended, now.due) == (True, False, date(2026, 3, 16))


def test_what_happens_later_is_not_looked_at() -> None:
    on = date(2026, 3, 4)
    assert state(on, (date(2026, 3, 5), date(2026, 3, 18))) == state(on)
    asked = date(2026, 3, 3)
    assert state(on, (asked, date(2026, 3, 18))) == state(on, (asked, None))


def test_a_provisional_date_warns_but_closes_nothing() -> None:
    now = running(TEN, date(2026, 12, 28), (), KNOWN, date(2027, 2, 1), amber=3)
    assert (now.passed, now.provisional, now.may_close, now.colour) == (True, True, False, LimitColour.AMBER)
    assert words(now).endswith("（暂定）")


def test_an_undecided_extension_keeps_the_limit_open() -> None:
    now = state(date(2026, 3, 20), held=True)
    assert (now.passed, now.may_close, now.colour) == (True, False, LimitColour.AMBER)


def test_months_and_years_count_calendar_days_and_can_stand_still() -> None:
    half = Limit(6, Unit.MONTHS)
    assert state(date(2026, 3, 3), limit=half).due == date(2026, 9, 2)
    assert words(state(date(2026, 9, 1), limit=half)) == "还剩 1 天"
    held_up = state(date(2026, 4, 1), (date(2026, 3, 10), date(2026, 3, 20)), limit=half)
    assert held_up.due == date(2026, 9, 12)
    assert due_day(Limit(3, Unit.YEARS), date(2024, 2, 29), KNOWN).day == date(2027, 2, 28)
    assert due_day(Limit(5, Unit.DAYS), STARTED, KNOWN).day == date(2026, 3, 7)


def test_a_negative_limit_is_refused() -> None:
    with pytest.raises(ValueError, match="不能为负"):
        Limit(-1)


@quick
@given(COVERED, st.integers(1, 40), st.integers(0, 60))
def test_without_suspension_the_limit_ends_where_the_calendar_says(start: date, length: int, on: int) -> None:
    now = running(Limit(length), start, (), KNOWN, start + timedelta(days=on), amber=3)
    assert now.due == KNOWN.add(start, length).day
    assert now.passed == (start + timedelta(days=on) > now.due)


@quick
@given(COVERED, st.integers(1, 30), st.integers(0, 40), st.integers(0, 40))
def test_a_finished_suspension_shifts_by_its_working_days(
    start: date, n: int, after: int, lasts: int
) -> None:
    stop = start + timedelta(days=after)
    resume = stop + timedelta(days=lasts)
    plain = KNOWN.add(start, n).day
    now = running(Limit(n), start, [(stop, resume)], KNOWN, max(resume, plain), amber=3)
    if stop > plain:
        assert now.due == plain
    else:
        assert KNOWN.between(start, now.due) == n + KNOWN.between(stop, resume) or now.due == resume


@quick
@given(COVERED, st.lists(st.tuples(st.integers(0, 30), st.integers(0, 20)), max_size=4), st.integers(0, 90))
def test_the_order_of_suspensions_is_nothing(start: date, spans: list[tuple[int, int]], on: int) -> None:
    days = [(start + timedelta(days=a), start + timedelta(days=a + b)) for a, b in spans]
    at = start + timedelta(days=on)
    first = running(TEN, start, days, KNOWN, at, amber=3)
    assert first == running(TEN, start, days[::-1], KNOWN, at, amber=3)
    assert first.due >= KNOWN.add(start, 10).day
