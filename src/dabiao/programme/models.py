"""How the programme goes. First form: what the public tells it, and what it is answered."""

from typing import ClassVar, Self

from django.db import models

from dabiao.kernel.actor import Actor
from dabiao.kernel.roles import Role

LONGEST = 2000  # characters of one message
LONGEST_CONTACT = 120
READERS = (Role.BUREAU_CITY, Role.ORGANIZER, Role.ORGANIZER_LEAD)


class Topic(models.TextChoices):
    STANDARDS = "standards", "评定标准"
    JOURNEY = "journey", "办理流程"
    SYSTEM = "system", "系统使用"
    FEE = "fee", "评审收费投诉"
    OTHER = "other", "其他建议"


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those who answer the public; the public itself asks by receipt. Complaints of fees are not for
        those they may be about: the city's bureau alone handles them (quality-2015/7)."""
        if actor.holds(Role.BUREAU_CITY):
            return self
        return self.exclude(topic=Topic.FEE) if actor.holds(*READERS) else self.none()


class Feedback(models.Model):
    """What somebody told us. `receipt` is known to the sender alone; nothing personal is asked."""

    journal_secret = ("words", "contact", "receipt")

    receipt = models.CharField(max_length=30, unique=True)
    topic = models.CharField(max_length=20, choices=Topic.choices)
    words = models.TextField()
    contact = models.CharField(max_length=LONGEST_CONTACT, blank=True, default="")
    received_at = models.DateTimeField()
    reply = models.TextField(blank=True, default="")
    replied_at = models.DateTimeField(null=True)
    replied_by = models.CharField(max_length=80, blank=True, default="")  # the body that answers
    version = models.PositiveIntegerField(default=1)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        db_table = "programme_feedback"
        indexes: ClassVar = [
            models.Index(fields=["received_at"], condition=models.Q(replied_at=None), name="feedback_waiting")
        ]
