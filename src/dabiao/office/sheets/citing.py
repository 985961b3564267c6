"""What the sheet's pages cite and name: clauses, special areas."""

from collections.abc import Iterable
from datetime import date

from dabiao.look.citing import Cited, cited
from dabiao.standards.queries import listed

__all__ = ["Cited", "areas", "cited"]


def areas(keys: Iterable[str], day: date) -> tuple[str, ...]:
    """Special areas in words."""
    known = listed.areas(day)
    return tuple(known[key].title if key in known else key for key in keys)
