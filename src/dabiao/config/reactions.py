"""What is done about announcements (architecture, section 4), and what time does."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from dabiao.base import clock
from dabiao.creation import tasks as creation
from dabiao.sheets import tasks as sheets
from dabiao.standards import tasks as standards


def renew_sheets(news: Mapping[str, Any], _: str) -> None:
    """A veto that applies at once reaches the open sheets; safe to run again."""
    if news["at_once"]:
        sheets.renew(clock.now())


REACTIONS: Mapping[str, tuple[Callable[[Mapping[str, Any], str], None], ...]] = {
    "VetoChanged": (renew_sheets,),
}

# Each finds what is due at a moment and calls the service; `dabiao tick` runs them in this order.
TASKS: tuple[Callable[[datetime], object], ...] = (sheets.renew, standards.tick, creation.tick)
