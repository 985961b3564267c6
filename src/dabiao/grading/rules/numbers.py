"""Certificate numbers by the scheme of law, and the last day a certificate holds."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from dabiao.kernel.days import years_after


def number(scheme: Mapping[str, Any], level: str, year: int, serial: int) -> str:
    """Place, level's mark, year, serial: 京AQBⅡ202600012."""
    digits = int(scheme["digits"])
    return f"{scheme['prefix']}{scheme['levels'][level]}{year}{serial:0{digits}d}"


def last_day(issued: date, years: int) -> date:
    """The corresponding day: the certificate's last, which still counts (house/counting)."""
    return years_after(issued, years)


def holds(issued: date, last: date, ended: date | None, day: date) -> bool:
    """`ended`: the first day no longer, where it was ended early."""
    return issued <= day <= last and (ended is None or day < ended)
