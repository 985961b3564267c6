"""How commands report: lines for people, one JSON document for machines, on standard output."""

import json
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def json_option(command: F) -> F:
    """Adds `--json`, passed on as `as_json`."""
    return click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")(command)


def report(told: Any, lines: Iterable[str], *, as_json: bool) -> None:
    """`told` as JSON if asked for, else the lines."""
    click.echo(json.dumps(told, ensure_ascii=False, indent=2) if as_json else "\n".join(lines))
