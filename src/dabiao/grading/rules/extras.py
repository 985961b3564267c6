"""The intensified re-check of the special areas: further items, answered and reported apart."""

from collections.abc import Collection, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

LIST: Final = Path(__file__).with_name("extras.yaml")


@cache
def _all() -> tuple[Mapping[str, Any], ...]:
    return tuple(yaml.safe_load(LIST.read_text("utf-8")))


def extras(areas: Collection[str]) -> list[dict[str, Any]]:
    """The items of these areas, none answered yet."""
    return [{**row, "met": None, "words": "", "by": ""} for row in _all() if row["area"] in areas]


def unanswered(extras_: Iterable[Mapping[str, Any]]) -> list[str]:
    return [str(each["title"]) for each in extras_ if each["met"] is None]


def unmet(extras_: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [each for each in extras_ if each["met"] is False]
