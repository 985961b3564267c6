"""News travels up through here: announced inside the act, delivered after commit, idempotent by id."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import structlog
from django.conf import settings
from django.db import connection, models, transaction
from django.utils.module_loading import import_string

from dabiao.base import canonical, clock
from dabiao.base.models import Announcement

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

log = structlog.get_logger()
BATCH = 100
LONGEST_WAIT = timedelta(hours=1)


def announce(news: "DataclassInstance", at: datetime) -> None:
    """Tell whoever listens, after commit. Named after its class."""
    payload = canonical.plain(asdict(news))
    row = Announcement.objects.create(name=type(news).__name__, payload=payload, made_at=at)
    transaction.on_commit(partial(deliver_one, row.pk), robust=True)


def deliver(at: datetime | None = None) -> int:
    """Deliver what waits and is due, oldest first; returns how many went out. Several workers may at once."""
    due = waiting().filter(_due(at or clock.now())).values_list("pk", flat=True)
    return sum(deliver_one(key) for key in list(due[:BATCH]))


def waiting() -> "models.QuerySet[Announcement]":
    """Not delivered yet, oldest first."""
    return Announcement.objects.filter(delivered_at=None).order_by("pk")


def deliver_one(key: int) -> bool:
    """Deliver one announcement. A failing reaction leaves it waiting with the error; nothing is lost.

    Reactions and the mark of delivery are one transaction: what reactions wrote is there exactly once.
    """
    try:
        with transaction.atomic():
            row = _claim(key)
            if row is None:
                return False
            for reaction in reactions().get(row.name, ()):
                reaction(row.payload, f"{row.name}:{row.pk}")
            Announcement.objects.filter(pk=key).update(delivered_at=clock.now())
    except Exception as error:  # a fault of one listener must not undo a decision
        _put_off(key, error)
        return False
    return True


def _claim(key: int) -> Announcement | None:
    """The announcement, held against other workers; None if delivered or in another worker's hands."""
    rows = waiting().filter(pk=key)
    if connection.features.has_select_for_update_skip_locked:
        rows = rows.select_for_update(skip_locked=True)
    return rows.first()  # SQLite: the transaction is immediate, so this worker is the only one


def _due(moment: datetime) -> models.Q:
    return models.Q(retry_at=None) | models.Q(retry_at__lte=moment)


def _put_off(key: int, error: Exception) -> None:
    """Wait a minute, then two, four, … up to an hour."""
    log.exception("outbox_reaction_failed", announcement=key)
    attempts = Announcement.objects.filter(pk=key).values_list("attempts", flat=True).first() or 0
    wait = min(timedelta(minutes=2 ** min(attempts, 10)), LONGEST_WAIT)
    Announcement.objects.filter(pk=key, delivered_at=None).update(
        attempts=models.F("attempts") + 1, error=repr(error)[:500], retry_at=clock.now() + wait
    )


def reactions() -> Mapping[str, tuple[Any, ...]]:
    """Announcement -> what is done about it, from the one dictionary in config."""
    found: Mapping[str, tuple[Any, ...]] = import_string(settings.DABIAO_REACTIONS)
    return found
