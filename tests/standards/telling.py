"""What the journal and the outbox say, and whether anything changed at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import models

from dabiao.base import canonical
from dabiao.base.models import Announcement, JournalEntry
from dabiao.kernel.errors import DabiaoError
from dabiao.standards.models import (
    Edition,
    EditionItem,
    Making,
    Rulebook,
    Standard,
    StandardUse,
    VetoOverlay,
)

TABLES: tuple[type[models.Model], ...] = (
    Standard, StandardUse, Making, Edition, EditionItem, VetoOverlay, Rulebook, Announcement, JournalEntry,
)  # fmt: skip


def acts() -> list[str]:
    """Names of the acts in the journal, in order."""
    return [
        act.partition("@")[0] for act in JournalEntry.objects.order_by("pk").values_list("act", flat=True)
    ]


def news() -> list[str]:
    return list(Announcement.objects.order_by("pk").values_list("name", flat=True))


def everything() -> list[list[Any]]:
    return [[canonical.row(row) for row in model._base_manager.order_by("pk")] for model in TABLES]


@contextmanager
def refused(error: type[DabiaoError], words: str = "") -> Iterator[None]:
    """It is refused with these words, and nothing has changed: no row, no journal entry, no news."""
    before = everything()
    with pytest.raises(error) as told:
        yield
    assert words in told.value.text + " ".join(getattr(told.value, "fields", {}).values())
    assert everything() == before
