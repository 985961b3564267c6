"""The check list by which the papers of every review are audited."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

LIST: Final = Path(__file__).with_name("papers.yaml")


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to look at."""

    id: str
    section: str
    title: str
    clause: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What was seen on one point."""

    met: bool
    words: str = ""


@cache
def checklist() -> tuple[Point, ...]:
    """All points, in order; read once."""
    return tuple(Point(**row) for row in yaml.safe_load(LIST.read_text("utf-8")))


def faults(checked: Mapping[str, Checked]) -> dict[str, str]:
    """What is missing, by point: every one has an answer, and one not met says why."""
    found = {}
    for point in checklist():
        said = checked.get(point.id)
        if said is None:
            found[point.id] = f"请核对：{point.title}"
        elif not said.met and not said.words.strip():
            found[point.id] = "不符合的请写明情况。"
    return found


def plain(checked: Mapping[str, Checked]) -> list[dict[str, Any]]:
    """As they are kept: with the words of the list on that day."""
    return [
        {
            "id": point.id,
            "title": point.title,
            "clause": point.clause,
            "met": checked[point.id].met,
            "words": checked[point.id].words.strip(),
        }
        for point in checklist()
    ]
