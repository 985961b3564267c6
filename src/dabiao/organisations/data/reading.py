"""Reads the data of this folder to plain values, once. Assignments in it are unconfirmed (basis internal)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from dabiao.law.reading import Loader

HERE: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class IndustryRow:
    """A section ("C", parent empty) or a division ("13", parent "C") of GB/T 4754—2017."""

    code: str
    name: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class LocalityRow:
    """A 街道 (subdistrict), 乡镇 (township) or 园区 (park)."""

    id: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class JurisdictionRow:
    """`region_code` is empty for 北京经济技术开发区, which has none."""

    id: str
    name: str
    short: str
    region_code: str
    localities: tuple[LocalityRow, ...]


@dataclass(frozen=True, slots=True)
class DepartmentRow:
    """An industry department by function, with its names on city and district level."""

    id: str
    city: str
    district: str
    short: str


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A department answers for an industry or for a special area; the other of the two is empty.

    `nearest`: taken on by similar function (uplift/7), with its reason.
    """

    department: str
    industry: str = ""
    area: str = ""
    nearest: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Departments:
    """All departments and who answers for what. The first duty of an industry is the one proposed."""

    departments: tuple[DepartmentRow, ...]
    duties: tuple[DutyRow, ...]
    since: date
    clause: str
    confirmed: bool

    def of(self, industry: str) -> tuple[DutyRow, ...]:
        """Duties for a division, its own before those taken on."""
        mine = [duty for duty in self.duties if duty.industry == industry]
        return tuple(sorted(mine, key=lambda duty: duty.nearest))


@dataclass(frozen=True, slots=True)
class TitleHint:
    """A standard with `word` in its title is for `industries`, and the nearest for `near`."""

    word: str
    industries: tuple[str, ...]
    near: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Family:
    """Industries of like risks: a standard of one is a candidate for the others, with its reason."""

    id: str
    name: str
    industries: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class LastResort:
    """The standard taken where nothing nearer is found; `number` is the edition's."""

    number: str
    reason: str


@dataclass(frozen=True, slots=True)
class Nearest:
    """Hints for proposing a standard (uplift/4): titles, then families, then the fallback."""

    titles: tuple[TitleHint, ...]
    families: tuple[Family, ...]
    fallback: LastResort
    small_micro: LastResort
    clause: str
    confirmed: bool

    def family(self, industry: str) -> Family:
        """The one family of a division; KeyError for no such division."""
        return {code: one for one in self.families for code in one.industries}[industry]


@dataclass(frozen=True, slots=True)
class AreaRow:
    """A special area: when a unit is flagged with it, and the clause that singles it out."""

    id: str
    name: str
    explanation: str
    clause: str


@dataclass(frozen=True, slots=True)
class SizeRow:
    id: str
    name: str


@cache
def industries() -> tuple[IndustryRow, ...]:
    """Sections and divisions, every parent before its children, in order of code."""
    return tuple(
        row
        for section in _rows("industries")
        for row in (IndustryRow(section["code"], section["name"]), *_divisions(section))
    )


@cache
def jurisdictions() -> tuple[JurisdictionRow, ...]:
    """The 17 jurisdictions in the order of screens."""
    return tuple(
        JurisdictionRow(
            **{**row, "localities": tuple(LocalityRow(**each) for each in row["localities"])},
        )
        for row in _rows("jurisdictions")
    )


@cache
def departments() -> Departments:
    """Industry departments and their duties, unconfirmed."""
    plain = _rows("departments")
    duties = [
        DutyRow(
            row["department"], industry=code, nearest=row.get("nearest", False), reason=row.get("reason", "")
        )
        for row in plain["duties"]
        for code in row["industries"]
    ]
    return Departments(
        departments=tuple(DepartmentRow(**row) for row in plain["departments"]),
        duties=(*duties, *(DutyRow(**row) for row in plain["area_duties"])),
        since=date.fromisoformat(plain["since"]),
        clause=plain["clause"],
        confirmed=plain["confirmed"],
    )


@cache
def nearest() -> Nearest:
    """Industry → standard hints, unconfirmed."""
    plain = _rows("nearest")
    return Nearest(
        titles=tuple(TitleHint(**_tuples(row)) for row in plain["titles"]),
        families=tuple(Family(**_tuples(row)) for row in plain["families"]),
        fallback=LastResort(**plain["fallback"]),
        small_micro=LastResort(**plain["small_micro"]),
        clause=plain["clause"],
        confirmed=plain["confirmed"],
    )


@cache
def areas() -> tuple[AreaRow, ...]:
    """The special areas, in the order of screens."""
    return tuple(AreaRow(**row) for row in _rows("areas"))


@cache
def sizes() -> tuple[SizeRow, ...]:
    """Size classes, largest first."""
    return tuple(SizeRow(**row) for row in _rows("sizes"))


def _rows(name: str) -> Any:
    return yaml.load((HERE / f"{name}.yaml").read_bytes(), Loader)  # noqa: S506 - a safe loader


def _divisions(section: Mapping[str, Any]) -> list[IndustryRow]:
    return [IndustryRow(code, name, section["code"]) for code, name in section["divisions"].items()]


def _tuples(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
