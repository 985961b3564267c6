"""A tiny world with two rows in every covered table, found by introspection, written through the journal."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import models

from dabiao.base.journal import bulk, checkpoints, covered
from dabiao.base.journal import entries as journal
from dabiao.base.models import Batch, BatchChunk, Checkpoint, JournalEntry, JournalPosition, PublicRecord
from dabiao.kernel.actor import TIME, Actor
from dabiao.kernel.acts import act

AT = datetime(2026, 3, 2, 1, 2, 3, tzinfo=UTC)
BY = Actor(7, "示例经办人")
ACT = act("tests.fill", "测试写入", "internal/tests")
TIMELY = act("tests.time", "到时写入", "internal/tests")

# Columns a table's own constraints want otherwise.
EXCEPTIONS: dict[str, dict[str, Any]] = {
    "people_posting": {"body": None},
    "standing_fact": {"body": None, "person": None},
    "supervision_verifier": {"aside_at": None, "interest": None},
}


def write(row: models.Model, at: datetime = AT) -> None:
    """Create one row by an act of its own."""
    with journal.writing(ACT, by=BY, at=at, on=row) as work:
        work.create(row)


def record(number: str) -> PublicRecord:
    return PublicRecord(kind="x", number=number, since=AT.date(), payload={"字": 1})


def write_alike(count: int) -> None:
    """So many entries of one chain after each other, by the same act and actor at the same moment."""
    row = record("alike")
    write(row)
    for number in range(1, count):
        _change(row, AT.date() + timedelta(days=number))


def bulk_history() -> list[models.Model]:
    """The journal's rows after two bulk acts: one made eight rows, one changed six; one row then went on."""
    some_history()
    act_in_bulk()
    return journal_rows()


def act_in_bulk() -> None:
    names = ("kind", "number", "since", "payload")
    rows = [("y", str(number), date(2026, 1, 1), {"字": number}) for number in range(8)]
    with bulk.begin(ACT, by=BY, at=AT, source="ab" * 32, title="示例", early="测试") as batch:
        keys = list(batch.create(PublicRecord, names, rows))
        batch.publish(at=AT)
    with bulk.begin(TIMELY, by=TIME, at=AT, early="测试") as batch:
        batch.update(PublicRecord, ("until",), [(key, date(2030, 1, 1)) for key in keys[:6]])
        batch.publish(at=AT + timedelta(microseconds=5))
    _change(PublicRecord.objects.get(pk=keys[6]), date(2028, 1, 1))


def some_history() -> list[models.Model]:
    """All journal rows of a small history: two chains, six entries, two checkpoints, one entry after them."""
    first, second = record("1"), record("2")
    write(first)
    write(second)
    _change(first, date(2027, 1, 1), microseconds=120)
    checkpoints.make(AT)
    _change(first, date(2028, 1, 1))
    _change(second, date(2028, 1, 1))
    checkpoints.make(AT + timedelta(seconds=1, microseconds=5))
    _change(second, date(2029, 1, 1))
    return journal_rows()


def journal_rows() -> list[models.Model]:
    tables = (JournalEntry, JournalPosition, Checkpoint, Batch, BatchChunk)
    return [row for table in tables for row in table.objects.order_by("pk")]


def _change(row: PublicRecord, until: date, microseconds: int = 0) -> None:
    at = AT + timedelta(microseconds=microseconds)
    with journal.writing(ACT, by=BY, at=at, on=row) as work:
        work.change(row, until=until)


def fill_in_bulk() -> dict[str, list[models.Model]]:
    """The same rows, all by one bulk act."""
    with bulk.begin(ACT, by=BY, at=AT, early="测试") as batch:
        made = fill(lambda rows: batch.create(type(rows[0]), None, rows))
        batch.publish(at=AT)
    return made


def fill(keep: Callable[[list[models.Model]], object] | None = None) -> dict[str, list[models.Model]]:
    """Table -> its two rows, each written by an act of its own unless `keep` writes them."""
    made: dict[str, list[models.Model]] = {}
    waiting = _models()
    while waiting:
        ready = [model for model in waiting if _needs(model) <= set(made)]
        assert ready, f"circular foreign keys among {waiting}"
        for model in ready:
            rows = made[model._meta.db_table] = [_make(model, number, made) for number in (0, 1)]
            (keep or _write_each)(rows)
        waiting = [model for model in waiting if model not in ready]
    return made


def _models() -> list[type[models.Model]]:
    names = {table.name for table in covered.tables()}
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.db_table in names]


def _needs(model: type[models.Model]) -> set[str]:
    fields = (field for field in model._meta.concrete_fields if field.is_relation and not _of_batch(field))
    return {field.related_model._meta.db_table for field in fields if field.related_model is not model}


def _make(model: type[models.Model], number: int, made: dict[str, list[models.Model]]) -> models.Model:
    values = {
        field.name: _value(field, number, made)
        for field in model._meta.concrete_fields
        if not isinstance(field, models.AutoField)
    }
    return model(**{**values, **EXCEPTIONS.get(model._meta.db_table, {})})


def _write_each(rows: list[models.Model]) -> None:
    for number, row in enumerate(rows):
        write(row, AT + timedelta(seconds=number, microseconds=number * 500_000))


def _of_batch(field: Any) -> bool:
    """Rows of bulk acts have tests of their own."""
    return field.related_model is Batch


def _value(field: Any, number: int, made: dict[str, list[models.Model]]) -> Any:
    if _of_batch(field):
        return None
    if field.is_relation:
        own = field.related_model is field.model
        return None if own else made[field.related_model._meta.db_table][number]
    if field.choices:
        return field.choices[0][0]
    for kind, value in _plain(field, number).items():
        if isinstance(field, kind):
            return value
    raise NotImplementedError(f"no value for {field}")


def _plain(field: Any, number: int) -> dict[type, Any]:
    return {
        models.JSONField: {"b": [number, 2.5, None, "字\n"], "a": {"y": True, "x": ""}},
        models.BooleanField: bool(number),
        models.DateTimeField: AT + timedelta(microseconds=number * 123_400),
        models.DateField: date(2026, 1, 1 + number),
        models.IntegerField: number + 3,
        models.CharField: f"{number}字{field.name}"[: field.max_length],
        models.TextField: f"长文{number}\n第二行",
    }
