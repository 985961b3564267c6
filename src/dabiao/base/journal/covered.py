"""Which tables the journal answers for: every table of our packages, unless its model says why not."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, models

from dabiao.base import canonical, words

OURS = "dabiao."
FRAMEWORK_TABLES = frozenset({"django_migrations", "sqlite_sequence"})


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    field: "models.Field[Any, Any]"
    secret: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A covered table; `columns` are the watched ones without the key."""

    name: str
    key: Column
    columns: tuple[Column, ...]


def tables() -> tuple[Table, ...]:
    """Covered tables in the order of their names."""
    found = {model._meta.db_table: _table(model) for model in _models() if not _exempt(model)}
    return tuple(found[name] for name in sorted(found))


def exempt() -> dict[str, str]:
    """Table of ours -> why the journal does not answer for it."""
    return {model._meta.db_table: str(_exempt(model)) for model in _models() if _exempt(model)}


def unwatched() -> dict[str, str]:
    """table.column -> why changes of this column are not in the journal."""
    return {
        f"{model._meta.db_table}.{name}": reason
        for model in _models()
        for name, reason in getattr(model, "journal_unwatched", {}).items()
    }


def strangers() -> list[str]:
    """Tables in the database that no model of any installed package accounts for."""
    with connection.cursor() as cursor:
        there = {table.name for table in connection.introspection.get_table_list(cursor) if table.type == "t"}
    known = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    return sorted(there - known - FRAMEWORK_TABLES - _word_tables())


def _word_tables() -> set[str]:
    """Inverted indexes beside our tables, as each database keeps them."""
    names = [name for model in _models() if (name := getattr(model, "word_index", ""))]
    return {name + ending for name in names for ending in words.SHADOWS}


def _models() -> list[type[models.Model]]:
    every = apps.get_models(include_auto_created=True)
    return [one for one in every if one.__module__.startswith(OURS) and not one._meta.proxy]


def _exempt(model: type[models.Model]) -> str:
    return getattr(model, "journal_exempt", "")


def _table(model: type[models.Model]) -> Table:
    skipped = getattr(model, "journal_unwatched", {})
    columns = [
        Column(str(field.column), field, canonical.secret(model, field))
        for field in model._meta.concrete_fields
        if field.name not in skipped and not field.primary_key
    ]
    pk = model._meta.pk
    return Table(model._meta.db_table, Column(str(pk.column), pk, False), tuple(columns))
