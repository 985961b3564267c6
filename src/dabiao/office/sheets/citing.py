"""A clause for screens: its title, and its text one tap away; what is no clause of ours stands for itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dabiao.law import citing
from dabiao.standards.queries import listed


@dataclass(frozen=True, slots=True)
class Cited:
    title: str
    text: str = ""


def cited(clause: str) -> Cited:
    if clause.partition("/")[0] not in citing.instruments():
        return Cited(clause)
    return Cited(citing.clause_title(clause), citing.clause_text(clause))


def areas(keys: Iterable[str], day: date) -> tuple[str, ...]:
    """Special areas in words."""
    known = listed.areas(day)
    return tuple(known[key].title if key in known else key for key in keys)
