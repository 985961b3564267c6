"""When meetings of the leading group are asked for, and which are missing (uplift/17)."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dabiao.creation.rules import meetings
from dabiao.creation.rules.meetings import Span

QUICK = settings(max_examples=60, derandomize=True, deadline=None)
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
MONTHS = st.sampled_from([1, 2, 3, 4, 6, 12])
H1, H2 = Span(date(2026, 1, 1), date(2026, 6, 30)), Span(date(2026, 7, 1), date(2026, 12, 31))


@QUICK
@given(DAYS, MONTHS)
def test_every_day_lies_in_its_part_of_the_year(day: date, months: int) -> None:
    span = meetings.span_of(day, months)
    assert span.first <= day <= span.last
    assert (span.last.month - span.first.month + 1, span.first.day) == (months, 1)
    assert (span.last + timedelta(days=1)).day == 1


@QUICK
@given(DAYS, st.integers(0, 2000), MONTHS)
def test_parts_follow_each_other_from_the_first_full_one(formed: date, later: int, months: int) -> None:
    day = formed + timedelta(days=later)
    spans = list(meetings.asked(formed, day, months))
    assert all(span.first >= formed for span in spans)
    assert all(one.last + timedelta(days=1) == two.first for one, two in pairwise(spans))
    assert not spans or spans[-1].first <= day <= spans[-1].last


@QUICK
@given(DAYS, st.lists(DAYS), DAYS, DAYS)
def test_another_meeting_never_makes_more_missing(
    formed: date, held: list[date], one: date, day: date
) -> None:
    before = meetings.stand(formed, held, day, months=6, count=1)
    after = meetings.stand(formed, [*held, one], day, months=6, count=1)
    assert set(after.overdue) <= set(before.overdue)


@pytest.mark.obligation("U17-group")
@pytest.mark.parametrize(
    ("formed", "held", "day", "overdue", "due"),
    [
        ("2026-01-01", [], "2026-06-30", [], "2026年上半年"),
        ("2026-01-01", [], "2026-07-01", ["2026年上半年"], "2026年下半年"),
        ("2026-01-02", [], "2026-07-01", [], "2026年下半年"),  # the first full half-year is the second
        ("2026-01-02", [], "2026-06-30", [], None),
        ("2026-01-01", ["2026-06-30"], "2026-07-01", [], "2026年下半年"),
        ("2026-01-01", ["2026-07-01"], "2026-07-02", ["2026年上半年"], None),
        ("2026-01-01", ["2026-03-01", "2026-09-09"], "2026-08-01", [], "2026年下半年"),  # not held yet
        ("2025-03-01", ["2026-02-01"], "2026-02-02", ["2025年下半年"], None),
    ],
)
def test_one_each_half_year_from_the_first_full_one(
    formed: str, held: list[str], day: str, overdue: list[str], due: str | None
) -> None:
    on = date.fromisoformat
    found = meetings.stand(on(formed), [on(each) for each in held], on(day), months=6, count=1)
    assert [span.title for span in found.overdue] == overdue
    assert (found.due.title if found.due else None) == due


def test_parts_of_another_length_are_named_by_their_months() -> None:
    assert [span.title for span in (H1, H2)] == ["2026年上半年", "2026年下半年"]
    assert meetings.span_of(date(2026, 5, 1), 3).title == "2026年4—6月"
