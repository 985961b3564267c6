"""Entering the units of a checked file: all of them or none, by one bulk act."""

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import IntegrityError

from dabiao.base.journal import bulk
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Conflict, Invalid
from dabiao.organisations import permissions
from dabiao.organisations.models import Site, Unit
from dabiao.organisations.services import cards
from dabiao.organisations.services.examining import Examined, Progress
from dabiao.organisations.services.shaping import ADDRESS, COLUMNS, START_BY
from dabiao.organisations.tables.staging import Fate, Staging

TOLD: Final = 1000  # rows between two words of progress
SITES: Final = "场所随企业一起出现，企业公布前没有人看得到"


@dataclass(frozen=True, slots=True)
class Entered:
    created: int = 0
    updated: int = 0
    unchanged: int = 0


def import_units(
    *,
    examined: Examined,
    source: str = "",
    title: str = "",
    by: Actor,
    at: datetime,
    progress: Progress = lambda _: None,
) -> Entered:
    """What the examination found, entered. Nothing is written where anything is wrong."""
    permissions.may_import(by).or_refuse()
    if examined.fault_count:
        raise Invalid(f"文件有 {examined.fault_count} 处错误，没有写入。")
    counts = examined.counts
    entered = Entered(counts[Fate.NEW], counts[Fate.CHANGED], counts[Fate.SAME])
    if entered.created or entered.updated:
        _write(examined.staging, progress, source=source, title=title, by=by, at=at)
    return entered


def _write(staging: Staging, progress: Progress, *, source: str, title: str, by: Actor, at: datetime) -> None:
    told = {"source": source, "title": title, "early": SITES}
    try:
        with bulk.begin(permissions.IMPORT_UNITS, by=by, at=at, **told) as batch:
            keys = batch.create(Unit, COLUMNS, _told(_new(staging), progress))
            if staging.sited:
                batch.create(Site, ("unit_id", "name", "address"), _sites(staging, keys))
            for names in staging.shapes():
                batch.update(Unit, names, _changes(staging, names))
            batch.publish(at=at)
        cards.enter_imported(keys)
        cards.renew_imported(each.values["pk"] for each in staging.lines(Fate.CHANGED))
    except IntegrityError as error:
        raise Conflict("导入时他人刚登记了其中的企业，没有写入；请重新导入。") from error


def _new(staging: Staging) -> Iterator[list[Any]]:
    for each in staging.lines(Fate.NEW):
        *values, _ = each.values
        if values[START_BY]:
            values[START_BY] = date.fromisoformat(values[START_BY])
        yield values


def _sites(staging: Staging, keys: "array[int]") -> Iterator[tuple[int, str, str]]:
    for key, each in zip(keys, staging.lines(Fate.NEW), strict=True):
        for name in each.values[-1]:
            yield key, name, each.values[ADDRESS]


def _changes(staging: Staging, names: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    for each in staging.lines(Fate.CHANGED, names):
        said = _typed(each.values["changes"])
        yield (each.values["pk"], *(said[name] for name in names))


def _typed(values: dict[str, Any]) -> dict[str, Any]:
    if values.get("start_by"):
        return {**values, "start_by": date.fromisoformat(values["start_by"])}
    return values


def _told(rows: Iterable[list[Any]], progress: Progress) -> Iterator[list[Any]]:
    for count, row in enumerate(rows, start=1):
        yield row
        if count % TOLD == 0:
            progress(count)
