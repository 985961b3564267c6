"""How an enterprise takes part: the steps with their numbers from the law of the day, and the clauses."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from dabiao import law

TOLD = Path(__file__).with_name("journey.yaml")
COUNTING = {"working_days": "个工作日", "days": "天", "months": "个月", "years": "年"}


@dataclass(frozen=True, slots=True)
class Basis:
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Stage:
    """`unconfirmed`: the number's source could not be read in full, so the authorities' notice decides."""

    title: str
    who: str
    words: str
    bases: tuple[Basis, ...]
    unconfirmed: bool = False


def stages(day: date) -> list[Stage]:
    """The journey as it stands on a day."""
    return [_stage(row, day) for row in _told()]


@cache
def _told() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = yaml.safe_load(TOLD.read_text())
    return rows


def _stage(row: Mapping[str, Any], day: date) -> Stage:
    bases = tuple(Basis(law.clause_title(each), law.clause_text(each)) for each in row["clauses"])
    name = row.get("parameter")
    if name is None:
        return Stage(row["title"], row["who"], row["words"], bases)
    cited = law.on(day)[name]
    words = row["words"].format(limit=f"{cited.number} {COUNTING[cited.unit]}")
    return Stage(row["title"], row["who"], words, bases, not cited.confirmed)
