"""What the public sends in: the one place where the public site acts."""

from datetime import datetime

from dabiao.kernel.actor import PUBLIC
from dabiao.programme import services
from dabiao.programme.models import Feedback


def take_feedback(*, topic: str, words: str, contact: str, at: datetime) -> Feedback:
    """As the public, whoever may be signed in on this machine."""
    return services.send_feedback(topic=topic, words=words, contact=contact, by=PUBLIC, at=at)
