"""Reading what the public told us."""

from django.db import models

from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Absent
from dabiao.programme.models import Feedback, Topic


def visible_feedback(actor: Actor, key: int) -> Feedback:
    found = Feedback.objects.visible_to(actor).filter(pk=key).first()
    if found is None:
        raise Absent
    return found


def fee_complaints(actor: Actor) -> tuple[int, int]:
    """(how many complaints of fees there are, how many of them wait), for those who handle them."""
    rows = Feedback.objects.visible_to(actor).filter(topic=Topic.FEE).order_by()
    sums = rows.aggregate(n=models.Count("pk"), waiting=models.Count("pk", filter=models.Q(replied_at=None)))
    return sums["n"], sums["waiting"]


def by_receipt(receipt: str) -> Feedback | None:
    """Whoever holds the receipt may see what became of it."""
    return Feedback.objects.filter(receipt=receipt.strip().upper()).first()


def waiting_feedback(actor: Actor) -> "models.QuerySet[Feedback]":
    """Not answered yet, the oldest first."""
    return Feedback.objects.visible_to(actor).filter(replied_at=None).order_by("received_at", "id")
