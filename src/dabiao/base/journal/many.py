"""Rows given as values, put into their table at once, and told as the journal tells them."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from django.db import models

from dabiao.base.journal import columns, loading
from dabiao.base.journal.columns import Cells, Field


def insert(
    model: type[models.Model],
    names: Sequence[str],
    rows: Sequence[Sequence[Any]],
    keyed: Callable[[int], None] = lambda _: None,
) -> dict[int, dict[str, Any]]:
    """Key -> column -> canonical value, in the order given; columns not named take their default. `keyed` is
    told the first key before the rows go out."""
    if not rows:
        return {}
    reserved = loading.reserving(model, len(rows))
    given = _given(model, names, rows)
    fields = [each for each in model._meta.concrete_fields if not each.primary_key]
    both = [_spelled(each, given, len(rows)) for each in fields]
    keys = reserved()
    keyed(keys[0])
    loading.fill(model, [model._meta.pk, *fields], [keys, *(kept for _, kept in both)])
    there = (str(model._meta.pk.column), *(str(each.column) for each in fields))
    told = zip(keys, *(plain for plain, _ in both), strict=True)
    return {line[0]: dict(zip(there, line, strict=True)) for line in told}


def renew(
    model: type[models.Model], names: Sequence[str], rows: Mapping[int, Sequence[int]]
) -> Callable[[], int]:
    """New numbers by key, in one statement. What is told later is how many rows there were; ValueError for
    other columns."""
    _numbers(model, tuple(names))
    return loading.renew(model, names, [(key, *values) for key, values in rows.items()])


@cache
def _numbers(model: type[models.Model], names: tuple[str, ...]) -> None:
    fields = columns.fields_of(model, names)
    if any(not isinstance(each, models.IntegerField) or each.column != each.name for each in fields):
        raise ValueError(f"{model._meta.label}: only columns of numbers are changed like this")


def _given(
    model: type[models.Model], names: Sequence[str], rows: Sequence[Sequence[Any]]
) -> dict[str, Cells]:
    fields = columns.fields_of(model, names)
    return dict(zip((each.attname for each in fields), zip(*rows, strict=True), strict=True))


def _spelled(field: Field, given: dict[str, Cells], count: int) -> tuple[Cells, Cells]:
    if field.attname in given:
        return columns.spelled(field, given[field.attname])
    return columns.default(field, count)
