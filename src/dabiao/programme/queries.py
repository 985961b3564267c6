"""Reading what the public told us."""

from django.db import models

from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Absent
from dabiao.programme.models import Feedback


def visible_feedback(actor: Actor, key: int) -> Feedback:
    found = Feedback.objects.visible_to(actor).filter(pk=key).first()
    if found is None:
        raise Absent
    return found


def by_receipt(receipt: str) -> Feedback | None:
    """Whoever holds the receipt may see what became of it."""
    return Feedback.objects.filter(receipt=receipt.strip().upper()).first()


def waiting_feedback(actor: Actor) -> "models.QuerySet[Feedback]":
    """Not answered yet, the oldest first."""
    return Feedback.objects.visible_to(actor).filter(replied_at=None).order_by("received_at", "id")
