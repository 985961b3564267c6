"""Reads the words once, to plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from dabiao.law.reading import Loader

HERE: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Profile:
    """A kind of firm: industry division, what its name says it does, where things are found in it."""

    id: str
    industry: str
    business: tuple[str, ...]
    ending: str
    sizes: tuple[str, ...]
    areas: tuple[str, ...]
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What is written where an item is deducted by one of its rules, and how it is put right."""

    rule: str
    count: int
    words: str
    cause: str
    corrective: str
    preventive: str


@cache
def profiles() -> tuple[Profile, ...]:
    """Kinds of firms; the first is that of the main unit."""
    return _profiles("profiles")


@cache
def profile(name: str) -> Profile:
    """One by its id, also of those that stand outside the round."""
    return next(each for each in (*profiles(), *_profiles("others")) if each.id == name)


def _profiles(name: str) -> tuple[Profile, ...]:
    rows = _plain("telling")[name]
    return tuple(Profile(**{key: _tuple(value) for key, value in row.items()}) for row in rows)


@cache
def telling() -> Mapping[str, Any]:
    """All other words."""
    found: Mapping[str, Any] = _plain("telling")
    return found


@cache
def creation() -> Mapping[str, Any]:
    """Words of leading groups, self-assessors and their work."""
    found: Mapping[str, Any] = _plain("creation")
    return found


@cache
def standing() -> Mapping[str, Any]:
    """Words of facts of standing and of applications."""
    found: Mapping[str, Any] = _plain("standing")
    return found


@cache
def reviews() -> Mapping[str, Any]:
    """Words of contracts, visits, findings and reports."""
    found: Mapping[str, Any] = _plain("reviews")
    return found


@cache
def grading() -> Mapping[str, Any]:
    """Words of re-checks, opinions, publicity, objections and announcements."""
    found: Mapping[str, Any] = _plain("grading")
    return found


@cache
def findings(edition: str) -> Mapping[str, tuple[Finding, ...]]:
    """Item → findings, for an edition of `demo.editions`."""
    rows = _plain("findings")[edition]
    return {item: tuple(Finding(**each) for each in found) for item, found in rows.items()}


def _plain(name: str) -> Any:
    return yaml.load((HERE / f"{name}.yaml").read_bytes(), Loader)  # noqa: S506 - a safe loader


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
