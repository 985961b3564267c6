"""Maintenance: a moment kept in the data folder until which nobody is served; works without a database."""

import os
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings

from dabiao.base.clock import SHANGHAI
from dabiao.kernel.errors import Paused

NAME: Final = "maintenance"


def pause(until: datetime) -> None:
    _place().write_text(until.isoformat())


def resume() -> bool:
    """Whether there was a pause to end."""
    there = _place().exists()
    _place().unlink(missing_ok=True)
    return there


def refuse(now: datetime) -> None:
    """Paused while maintenance lasts; what is past its moment is over by itself."""
    until = paused(now)
    if until is not None:
        words = (
            f"系统维护中，预计 {until.astimezone(SHANGHAI):%H:%M} 恢复，请稍后再来；没有提交的内容不会丢失。"
        )
        raise Paused(words, retry=max(1, round((until - now).total_seconds())))


def paused(now: datetime) -> datetime | None:
    place = f"{settings.DABIAO_DATA}/{NAME}"  # at every request: as `_place`, without a Path
    if not os.access(place, os.F_OK):
        return None
    try:
        with open(place) as there:
            until = datetime.fromisoformat(there.read())
    except (FileNotFoundError, ValueError):
        return None
    return until if until > now else None


def _place() -> Path:
    return Path(settings.DABIAO_DATA, NAME)
