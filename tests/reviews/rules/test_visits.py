"""Nobody reviews in two places at once, or at more places a day than allowed."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dabiao.reviews.rules.visits import Hours, Span, Taken, clashes, faults

DAY = date(2026, 4, 7)
PEOPLE = {1: "示例甲", 2: "示例乙"}
SPANS = st.builds(
    lambda start, length, hours: Span(
        DAY + timedelta(days=start), DAY + timedelta(days=start + length), hours
    ),
    st.integers(0, 9),
    st.integers(0, 4),
    st.sampled_from(Hours),
)


def taken(span: Span, account: int = 1) -> list[Taken]:
    return [Taken(account, day, half, "PS2026 00001") for day, half in span.slots]


@given(SPANS, SPANS)
def test_two_visits_clash_exactly_where_they_share_a_half_day(one: Span, other: Span) -> None:
    assert bool(clashes(one, PEOPLE, taken(other), 9)) is bool(set(one.slots) & set(other.slots))


@given(SPANS, SPANS)
def test_with_one_visit_a_day_a_shared_day_is_too_much(one: Span, other: Span) -> None:
    assert bool(clashes(one, PEOPLE, taken(other), 1)) is bool(set(one.days) & set(other.days))


def test_it_says_who_when_and_where() -> None:
    morning = Span(DAY, DAY, Hours.MORNING)
    [words] = clashes(Span(DAY, DAY), PEOPLE, taken(morning), 1)
    assert words == "示例甲 2026-04-07 上午已安排评审 PS2026 00001。"
    [words] = clashes(Span(DAY, DAY, Hours.AFTERNOON), PEOPLE, taken(morning), 1)
    assert "每人每日最多 1 次" in words
    assert not clashes(Span(DAY, DAY, Hours.AFTERNOON), PEOPLE, taken(morning), 2)


def test_dates_that_cannot_be() -> None:
    assert "starts_on" in faults(Span(DAY - timedelta(days=1), DAY), DAY)
    assert "ends_on" in faults(Span(DAY, DAY - timedelta(days=1)), DAY)
    assert "ends_on" in faults(Span(DAY, DAY + timedelta(days=30)), DAY)
    assert not faults(Span(DAY, DAY + timedelta(days=29)), DAY)
