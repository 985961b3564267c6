"""How long a recognition holds: by the law of its first day; what that does not limit holds until ended."""

from datetime import date
from typing import Any

from dabiao.law import Cited, Law


def ends(since: date, section: str, level: str, law: Law) -> tuple[date | None, tuple[Cited, ...]]:
    """(first day no longer, the law it follows from). `section`: empty for all industries.

    One for all industries reaches the industrial ones and is limited with them.
    """
    scope, sections = law["review_units.recognition.scope"], law["units.industrial.sections"]
    limited: Any = scope.value
    industrial: Any = sections.value
    if level != limited["level"] or (section and section not in industrial):
        return None, (scope, sections)
    validity = law["review_units.recognition.validity"]
    years = validity.number
    return _years_on(since, years), (scope, sections, validity)


def _years_on(day: date, years: int) -> date:
    """The corresponding day still counts (the last day is valid), so the first day no longer is the next."""
    try:
        same = day.replace(year=day.year + years)
    except ValueError:  # 29 February
        same = day.replace(year=day.year + years, day=28)
    return date.fromordinal(same.toordinal() + 1)
