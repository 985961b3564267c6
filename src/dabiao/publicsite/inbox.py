"""What the public sends in: the one place where the public site acts."""

from datetime import datetime

from dabiao.grading.models import Objection
from dabiao.grading.services import objections
from dabiao.grading.services.objections import Objected
from dabiao.kernel.actor import PUBLIC
from dabiao.programme import services
from dabiao.programme.models import Feedback


def take_feedback(*, topic: str, words: str, contact: str, at: datetime) -> Feedback:
    """As the public, whoever may be signed in on this machine."""
    return services.send_feedback(topic=topic, words=words, contact=contact, by=PUBLIC, at=at)


def take_objection(*, notice: str, aim: str, words: str, name: str, contact: str, at: datetime) -> Objection:
    """Against what is before the public; named or not."""
    said = Objected(aim, words, name, contact)
    return objections.take_in(notice=notice, said=said, by=PUBLIC, at=at)
