"""Days as people type them: one a line or separated, single days and spans, with or without the year."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from dabiao.kernel.errors import Invalid

PARTS = re.compile(r"[\s,，、;；]+")
SPAN = re.compile(r"\s*(?:至|到|—|～|~|\.\.)\s*")
DAY = re.compile(r"(?:(\d{4})\s*[-./年])?(\d{1,2})\s*[-./月](\d{1,2})日?")
LONGEST = 31  # days in one span


def days(text: str, year: int) -> frozenset[date]:
    """All days named; Invalid quotes what could not be read."""
    joined = SPAN.sub("至", text.strip())
    return frozenset(day for part in PARTS.split(joined) if part for day in _span(part, year))


def _span(part: str, year: int) -> Iterator[date]:
    ends = [_day(each, year) for each in part.split("至")]
    first, last = ends[0], ends[-1]
    if len(ends) > 2 or last < first or (last - first).days > LONGEST:  # noqa: PLR2004  a span has two ends
        raise Invalid(f"“{part}”不是可以识别的起止日期，请写成 {year}-10-01至{year}-10-07。")
    for step in range((last - first).days + 1):
        yield first + timedelta(days=step)


def _day(text: str, year: int) -> date:
    found = DAY.fullmatch(text.strip())
    if found is None:
        raise Invalid(f"“{text}”不是可以识别的日期，请写成 {year}-10-01，每行一个。")
    try:
        return date(int(found[1] or year), int(found[2]), int(found[3]))
    except ValueError:
        raise Invalid(f"“{text}”不是真实存在的日期，请核对。") from None


def text(found: frozenset[date]) -> str:
    """The way back: one line a day or span."""
    lines: list[list[date]] = []
    for day in sorted(found):
        if lines and day - lines[-1][-1] == timedelta(days=1):
            lines[-1].append(day)
        else:
            lines.append([day])
    return "\n".join(f"{line[0]}至{line[-1]}" if len(line) > 1 else line[0].isoformat() for line in lines)
