"""Which rows of bulk acts may be seen: those of published batches, and rows no batch made.

class Unit(models.Model):
    batch = models.ForeignKey("base.Batch", models.PROTECT, null=True, editable=False, db_index=False,
                              related_name="+")
    objects = Shown.from_queryset(UnitQuerySet)()
"""

from typing import TypeVar

from django.db import models

from dabiao.base.models import Batch

Row = TypeVar("Row", bound=models.Model)


def shown() -> models.Q:
    """The condition: not of an unpublished batch. The database reads that short list once a statement."""
    return ~models.Q(batch__in=Batch.objects.filter(entry=None).values("pk"))


class Shown(models.Manager[Row]):
    """Sees published rows only. Keys followed from other rows, and the journal, go past it."""

    def get_queryset(self) -> models.QuerySet[Row]:
        return super().get_queryset().filter(shown())
