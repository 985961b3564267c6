"""What stands against a review by one body, or by one person, in words: asked of separation in one place."""

from datetime import date

from dabiao.people.models import Account
from dabiao.reviews.models import Review
from dabiao.reviews.queries import recognitions, separation


def of_review(review: Review, day: date) -> tuple[str, ...]:
    """Conflicts of consulting and review (quality-2015/3)."""
    return tuple(each.words for each in separation.conflicts(review, day))


def of_person(account: Account, review: Review, day: date) -> tuple[str, ...]:
    """The firms that advise the unit in the cycle and employ this person."""
    return tuple(each.words for each in separation.conflicts_of(account, review, day))


def recognition(review: Review, day: date) -> str:
    """Why the body may not review this unit on a day; empty where it may (quality-2015/5)."""
    return recognitions.fault(review.body, review.unit, review.level, day)
