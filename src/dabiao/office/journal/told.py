"""A journal entry in words: table and column names as people call them, values as they read."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models

from dabiao.base import canonical
from dabiao.base.models import JournalEntry
from dabiao.kernel.roles import TITLES, Role
from dabiao.law import clause_title
from dabiao.office.journal.names import column
from dabiao.office.journal.names import table as called
from dabiao.office.journal.values import value

HOW = {"create": "新增", "change": "更改", "remove": "移除"}
KEYED = "以密钥摘要留存，不显示原文"
LONGEST = 300


@dataclass(frozen=True, slots=True)
class Value:
    column: str
    shown: str


@dataclass(frozen=True, slots=True)
class Change:
    """One row touched: what it is, how, and the values it got."""

    thing: str
    key: str
    how: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as the page shows it."""

    row: JournalEntry
    sentence: str
    clause: str
    who: str
    posts: str
    done: str
    changes: tuple[Change, ...]
    note: tuple[Value, ...]


def entry(row: JournalEntry) -> Entry:
    body = canonical.loads(row.body)
    by = body["by"]
    return Entry(
        row=row,
        sentence=body["sentence"],
        clause="" if body["clause"].startswith("internal/") else clause_title(body["clause"]),
        who=by["name"],
        posts="、".join(f"{post['title']} {_role(post['role'])}".strip() for post in by["posts"]),
        done=str(value("", "done_at", body["done"])),
        changes=tuple(_change(each) for each in body["changes"]),
        note=tuple(Value(column(key), _shown(told)) for key, told in body.get("note", {}).items()),
    )


def _role(name: str) -> str:
    return TITLES[Role(name)] if name in set(Role) else name


def _change(told: dict[str, Any]) -> Change:
    table, key = told["table"], str(told["key"])
    secret = _secret(table)
    values = tuple(
        Value(column(name, table), KEYED if name in secret else _shown(value(table, name, stored)))
        for name, stored in told["values"].items()
        if name != "id"
    )
    return Change(called(table), key, HOW.get(told["how"], told["how"]), values)


@cache
def _secret(table: str) -> frozenset[str]:
    """Columns whose values the journal holds as keyed digests only."""
    model = next((each for each in apps.get_models() if each._meta.db_table == table), None)
    return frozenset(getattr(model, "journal_secret", ()))


def _shown(stored: Any) -> str:
    if stored is None or stored in ("", [], {}):
        return "（空）"
    if isinstance(stored, bool):
        return "是" if stored else "否"
    text = stored if isinstance(stored, str) else canonical.dumps(stored)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}……"


def chain(name: str) -> str:
    """people_account:12 -> 账号 12."""
    table, _, key = name.partition(":")
    return f"{called(table)} {key}"


def tables() -> list[tuple[str, str]]:
    """For the filter: chains begin with one of these."""
    known: list[type[models.Model]] = [
        each for each in apps.get_models() if each.__module__.startswith("dabiao.")
    ]
    names = {each._meta.db_table for each in known if not getattr(each, "journal_exempt", "")}
    return sorted(((name, called(name)) for name in names), key=lambda each: each[1])
