"""Pages of public records, newest first: the thousandth costs what the first does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

from django.db import models

from dabiao.base.models import PublicRecord
from dabiao.organisations.queries.directory import Count

PER_PAGE: Final = 30
MOST_COUNTED: Final = 1000
LONGEST_KEY: Final = 18
Place: TypeAlias = tuple[date, int]  # a record's day and key: where it stands in the list


@dataclass(frozen=True, slots=True)
class Slice:
    """One page. `before` and `after` lead on; empty at the ends."""

    rows: list[PublicRecord]
    before: str
    after: str
    count: Count


def page(
    rows: "models.QuerySet[PublicRecord]",
    query: Mapping[str, str],
    most: int = MOST_COUNTED,
    old: "models.QuerySet[PublicRecord] | None" = None,
) -> Slice:
    """The page behind the record `after` names, or before the one `before` does; else the first. `old` are
    those of the days from that record's on, where the caller has them so."""
    place, back = _asked(query)
    part = rows if place is None else _beyond(rows if old is None else old, *place, back=back)
    found = list((part.reverse() if back else part)[: PER_PAGE + 1])
    count = _seen(found, place) if most <= PER_PAGE else Count(rows.order_by()[: most + 1].count(), most)
    return _slice(found, place, count, back=back)


def among(places: Sequence[Place], query: Mapping[str, str]) -> Slice:
    """The same of records whose places are known, newest first; one query."""
    place, back = _asked(query)
    ahead = [each for each in places if place is None or (each > place if back else each < place)]
    keys = [key for _, key in (ahead[::-1] if back else ahead)[: PER_PAGE + 1]]
    rows = PublicRecord.objects.in_bulk(keys)
    return _slice([rows[key] for key in keys], place, Count(len(places), MOST_COUNTED), back=back)


def begins(query: Mapping[str, str], day: date) -> date:
    """The last day of a page: SQLite enters an index by one bound, and of two that are said by the first."""
    place, back = _asked(query)
    return day if place is None or back else min(day, place[0])


def _asked(query: Mapping[str, str]) -> tuple[Place | None, bool]:
    """Where the page begins, and whether it leads back from there."""
    back = not query.get("after") and bool(query.get("before"))
    place = _place(query.get("before" if back else "after", ""))
    return place, back and place is not None


def _slice(found: list[PublicRecord], place: Place | None, count: Count, *, back: bool) -> Slice:
    more, shown = len(found) > PER_PAGE, found[:PER_PAGE]
    if back:
        shown.reverse()
        return Slice(shown, _spelled(shown[0]) if more else "", _spelled(shown[-1]) if shown else "", count)
    before = _spelled(shown[0]) if shown and place else ""
    return Slice(shown, before, _spelled(shown[-1]) if more else "", count)


def _seen(found: list[PublicRecord], place: Place | None) -> Count:
    """Counted no further than the page: a first one that is not full says how many, any other that there are
    more than it holds, or were."""
    return Count(len(found) if place is None else PER_PAGE + 1, PER_PAGE)


def after(
    rows: "models.QuerySet[PublicRecord]", last: PublicRecord | None
) -> "models.QuerySet[PublicRecord]":
    """Those that follow a record in the list."""
    return rows.none() if last is None else _beyond(rows, last.since, last.pk, back=False)


def _beyond(
    rows: "models.QuerySet[PublicRecord]", day: date, key: int, *, back: bool
) -> "models.QuerySet[PublicRecord]":
    """Said twice, for the index is entered by the first condition alone."""
    sign = "gt" if back else "lt"
    same = models.Q(since=day, **{f"pk__{sign}": key})
    return rows.filter(models.Q(**{f"since__{sign}e": day}), same | models.Q(**{f"since__{sign}": day}))


def _place(text: str) -> Place | None:
    day, _, key = text.rpartition("-")
    try:
        known = date.fromisoformat(day)
    except ValueError:
        return None
    return (known, int(key)) if key.isdecimal() and len(key) <= LONGEST_KEY else None


def _spelled(row: PublicRecord) -> str:
    return f"{row.since.isoformat()}-{row.pk}"
