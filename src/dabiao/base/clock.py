"""The one clock. Faces and commands read it once and pass the moment down; rules and services are told."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

SHANGHAI: tzinfo = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """This moment, aware, UTC. DABIAO_CLOCK shifts it in development: "+400d", "-36h"."""
    moment = datetime.now(UTC)  # noqa: TID251  the one place
    return moment + _shift() if settings.DABIAO_CLOCK and settings.DABIAO_DEVELOPMENT else moment


def today() -> date:
    """The day in Shanghai, where the programme lives."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    return moment.astimezone(SHANGHAI).date()


def start_of(day: date) -> datetime:
    """The first moment of a day in Shanghai."""
    return datetime.combine(day, time(), SHANGHAI)


def _shift() -> timedelta:
    """Days ("+400d", "-30d") or hours ("+36h"); "@path" names a file that says so, asked every time: what is
    served goes on to another day without being served again.
    """
    text = str(settings.DABIAO_CLOCK).strip()
    if text.startswith("@"):
        text = Path(text[1:]).read_text("ascii").strip()
    number, unit = text[:-1], text[-1:]
    return timedelta(hours=int(number)) if unit == "h" else timedelta(days=int(number))
