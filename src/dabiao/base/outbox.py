"""News travels up through here: announced inside the act, delivered after commit, idempotent by id."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

import structlog
from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from dabiao.base import canonical, clock
from dabiao.base.models import Announcement

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

log = structlog.get_logger()
BATCH = 100


def announce(news: "DataclassInstance", at: datetime) -> None:
    """Tell whoever listens, after commit. Named after its class."""
    payload = canonical.plain(asdict(news))
    row = Announcement.objects.create(name=type(news).__name__, payload=payload, made_at=at)
    transaction.on_commit(lambda: deliver_one(row.pk))


def deliver() -> int:
    """Deliver what waits, oldest first; returns how many went out."""
    waiting = Announcement.objects.filter(delivered_at=None).order_by("id").values_list("id", flat=True)
    return sum(deliver_one(key) for key in list(waiting[:BATCH]))


def deliver_one(key: int) -> bool:
    """Deliver one announcement. A failing reaction leaves it waiting with the error; nothing is lost."""
    row = Announcement.objects.filter(pk=key, delivered_at=None).first()
    if row is None:
        return False
    try:
        with transaction.atomic():
            for reaction in reactions().get(row.name, ()):
                reaction(row.payload, f"{row.name}:{row.pk}")
            row.delivered_at = clock.now()
            row.save(update_fields=["delivered_at"])
    except Exception as error:  # a fault of one listener must not undo a decision
        log.exception("outbox_reaction_failed", announcement=row.pk, name=row.name)
        Announcement.objects.filter(pk=key).update(attempts=row.attempts + 1, error=repr(error)[:500])
        return False
    return True


def reactions() -> Mapping[str, tuple[Any, ...]]:
    found: Mapping[str, tuple[Any, ...]] = import_string(settings.DABIAO_REACTIONS)
    return found
