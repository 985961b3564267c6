"""Who must stand aside, by which fact."""

from datetime import date

import pytest

from dabiao.reviews.rules.recusal import Declared, Ground, Tie, reasons

BEGAN, DAY = date(2025, 6, 1), date(2026, 4, 7)


@pytest.mark.parametrize(
    ("since", "until", "counts"),
    [
        (date(2020, 1, 1), None, True),  # employed now
        (date(2020, 1, 1), date(2025, 6, 2), True),  # left on the day after the cycle began
        (date(2020, 1, 1), date(2025, 6, 1), False),  # left when it began
        (date(2026, 4, 8), None, False),  # will be employed
    ],
)
def test_an_employer_within_the_cycle_recuses(since: date, until: date | None, counts: bool) -> None:
    tie = Tie(Ground.EMPLOYED, "在示例企业任安全管理员", since, until)
    found = reasons([tie], None, BEGAN, DAY)
    assert bool(found) is counts
    assert all(each.clause == "house/recusal" and each.source == "系统登记" for each in found)


def test_what_is_declared_recuses_in_the_persons_own_words() -> None:
    [reason] = reasons([], Declared((Ground.KINSHIP,), "主要负责人是本人表兄"), BEGAN, DAY)
    assert (reason.ground, reason.fact, reason.source) == (Ground.KINSHIP, "主要负责人是本人表兄", "本人申报")
    assert reasons([], Declared(), BEGAN, DAY) == ()
