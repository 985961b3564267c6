"""A fresh schema from empty: all migrations, next to the same statements run bare in one transaction."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlparse

from django.core.management import call_command
from django.db import connection

from bench import clocking, places
from bench.raw import Raw
from bench.rows import Aim, Row, Timing

SECONDS = {"sqlite": 15, "postgresql": 20}


@dataclass(slots=True)
class Heard:
    """Statements that build the schema, in order."""

    statements: list[str] = field(default_factory=list)

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not params and str(sql).lstrip().upper().startswith(("CREATE", "ALTER", "DROP")):
            self.statements.append(str(sql))
        return execute(sql, params, many, context)


def rows(floor: str) -> Iterator[Row]:
    """The floor's database is thrown away again: its place is wanted for the copy."""
    heard = Heard()
    with connection.execute_wrapper(heard):
        spent = clocking.once(lambda: call_command("migrate", interactive=False, verbosity=0))
    bare = _bare(floor, heard.statements)
    aim = Aim(ms=SECONDS[connection.vendor] * 1000)
    yield Row("fresh schema from empty", Timing(spent, spent), Timing(bare, bare), aim)


def _bare(floor: str, statements: list[str]) -> float:
    sqlite = urlparse(floor).scheme == "sqlite"
    if not sqlite:
        places.create(floor)
    raw = Raw(floor)
    try:
        return clocking.once(lambda: _run(raw, statements))
    finally:
        raw.close()
        places.remove(floor)


def _run(raw: Raw, statements: list[str]) -> None:
    raw.begin()
    for statement in statements:
        raw.run(statement)
    raw.commit()
