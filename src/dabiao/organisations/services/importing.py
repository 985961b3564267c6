"""Entering the units of a checked file: all of them or none."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any, Final

from django.db import IntegrityError, transaction

from dabiao.base.journal import entries as journal
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Conflict, Invalid
from dabiao.organisations import permissions
from dabiao.organisations.models import Site, Unit
from dabiao.organisations.services.examining import Examined, Progress
from dabiao.organisations.tables.staging import Fate, Staged

PIECE: Final = 1000


@dataclass(frozen=True, slots=True)
class Entered:
    created: int = 0
    updated: int = 0
    unchanged: int = 0


def import_units(
    *, examined: Examined, by: Actor, at: datetime, progress: Progress = lambda _: None
) -> Entered:
    """What the examination found, entered. Nothing is written where anything is wrong."""
    permissions.may_import(by).or_refuse()
    if examined.fault_count:
        raise Invalid(f"文件有 {examined.fault_count} 处错误，没有写入。")
    try:
        with transaction.atomic():
            _create(examined, by, at, progress)
            _update(examined, by, at)
    except IntegrityError as error:
        raise Conflict("导入时他人刚登记了其中的企业，没有写入；请重新导入。") from error
    counts = examined.counts
    return Entered(counts[Fate.NEW], counts[Fate.CHANGED], counts[Fate.SAME])


def _create(examined: Examined, by: Actor, at: datetime, progress: Progress) -> None:
    done = 0
    for piece in _pieces(examined.staging.lines(Fate.NEW)):
        units = [Unit(**_unit(each.values)) for each in piece]
        with journal.writing(permissions.IMPORT_UNITS, by=by, at=at, on=units[0]) as w:
            w.create_all(units)
            w.create_all(
                Site(unit=unit, name=name, address=unit.address)
                for unit, each in zip(units, piece, strict=True)
                for name in each.values.get("sites", ())
            )
        done += len(units)
        progress(done)


def _update(examined: Examined, by: Actor, at: datetime) -> None:
    for piece in _pieces(examined.staging.lines(Fate.CHANGED)):
        units = Unit.objects.in_bulk([each.values["pk"] for each in piece])
        first = units[piece[0].values["pk"]]
        with journal.writing(permissions.IMPORT_UNITS, by=by, at=at, on=first) as w:
            for each in piece:
                unit, told = units[each.values["pk"]], each.values
                w.change(unit, version=told["version"], **_typed(told["changes"]))


def _unit(values: dict[str, Any]) -> dict[str, Any]:
    told = {name: value for name, value in values.items() if name != "sites"}
    return _typed({**told, "uscc": told.get("uscc") or None})


def _typed(values: dict[str, Any]) -> dict[str, Any]:
    if "start_by" in values:
        return {**values, "start_by": date.fromisoformat(values["start_by"])}
    return values


def _pieces(lines: Iterator[Staged]) -> Iterator[list[Staged]]:
    while piece := list(islice(lines, PIECE)):
        yield piece
