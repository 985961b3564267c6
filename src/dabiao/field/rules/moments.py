"""When something was done, as far as that is known: a device's clock, corrected, with its uncertainty."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Final

from dabiao.kernel.errors import Conflict, DabiaoError

FAR: Final = timedelta(days=7)
UNSURE = "设备的时间误差较大，无法确定这一项是在期限或者资格有效期之内还是之外，请由人核实后在系统中办理。"


def taken(done_at: datetime, now: datetime) -> datetime:
    """Nothing is done later than now: such a moment is taken as now."""
    return min(done_at, now)


def days(
    done_at: datetime, uncertainty: timedelta, now: datetime, day_of: Callable[[datetime], date]
) -> list[date]:
    """Every day on which it may have been done, none of them to come. More than a week is a week each way."""
    reach = min(uncertainty, FAR)
    first, last = day_of(done_at - reach), day_of(min(done_at + reach, now))
    if last <= first:
        return [first]
    return [date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1)]


def agreed(ask: Callable[[date], None], possible: list[date]) -> None:
    """Ask of every day it may have been. All refuse: refused; some do: a person decides (Conflict)."""
    wrong = [error for day in possible if (error := _refusal(ask, day))]
    if len(wrong) == len(possible):
        raise wrong[0]
    if wrong:
        raise Conflict(f"{UNSURE}{wrong[0].text}")


def _refusal(ask: Callable[[date], None], day: date) -> DabiaoError | None:
    try:
        ask(day)
    except DabiaoError as error:
        return error
    return None
