"""Serial numbers people can say on the phone: one conditional step per number, no gaps on commit."""

from django.db import models, transaction

from dabiao.base.models import Serial


def following(scope: str) -> int:
    """The next number of a scope. Call inside the act's transaction: a rolled-back act gives it back."""
    with transaction.atomic():
        Serial.objects.bulk_create([Serial(scope=scope)], ignore_conflicts=True)
        Serial.objects.filter(scope=scope).update(last=models.F("last") + 1)
        return Serial.objects.values_list("last", flat=True).get(scope=scope)
