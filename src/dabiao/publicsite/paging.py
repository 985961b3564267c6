"""Pages of public records, newest first: the thousandth costs what the first does."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import models

from dabiao.base.models import PublicRecord
from dabiao.organisations.queries.directory import Count

PER_PAGE: Final = 30
MOST_COUNTED: Final = 1000
LONGEST_KEY: Final = 18


@dataclass(frozen=True, slots=True)
class Slice:
    """One page. `before` and `after` lead on; empty at the ends."""

    rows: list[PublicRecord]
    before: str
    after: str
    count: Count


def page(rows: "models.QuerySet[PublicRecord]", query: Mapping[str, str]) -> Slice:
    """The page behind the record `after` names, or before the one `before` does; else the first."""
    count = Count(rows.order_by()[: MOST_COUNTED + 1].count(), MOST_COUNTED)
    back = not query.get("after") and bool(query.get("before"))
    place = _place(query.get("before" if back else "after", ""))
    if place is not None:
        rows = _beyond(rows, *place, back=back)
    found = list((rows.reverse() if back and place else rows)[: PER_PAGE + 1])
    more, shown = len(found) > PER_PAGE, found[:PER_PAGE]
    if back and place:
        shown.reverse()
        return Slice(shown, _spelled(shown[0]) if more else "", _spelled(shown[-1]) if shown else "", count)
    before = _spelled(shown[0]) if shown and place else ""
    return Slice(shown, before, _spelled(shown[-1]) if more else "", count)


def after(rows: "models.QuerySet[PublicRecord]", key: int) -> "models.QuerySet[PublicRecord]":
    """Those that follow a record in the list."""
    last = PublicRecord.objects.filter(pk=key).first()
    return rows.none() if last is None else _beyond(rows, last.since, last.pk, back=False)


def _beyond(
    rows: "models.QuerySet[PublicRecord]", day: date, key: int, *, back: bool
) -> "models.QuerySet[PublicRecord]":
    """Said twice, for the index is entered by the first condition alone."""
    sign = "gt" if back else "lt"
    same = models.Q(since=day, **{f"pk__{sign}": key})
    return rows.filter(models.Q(**{f"since__{sign}e": day}), same | models.Q(**{f"since__{sign}": day}))


def _place(text: str) -> tuple[date, int] | None:
    day, _, key = text.rpartition("-")
    try:
        known = date.fromisoformat(day)
    except ValueError:
        return None
    return (known, int(key)) if key.isdecimal() and len(key) <= LONGEST_KEY else None


def _spelled(row: PublicRecord) -> str:
    return f"{row.since.isoformat()}-{row.pk}"
