"""Whom to keep away: who is or was, in the cycle, of the unit or of the review unit (house/recusal)."""

from datetime import date

from django.db import models

from dabiao.base.clock import day_of
from dabiao.people.models import Posting
from dabiao.reviews.models import Review


def of_review(account: int | None, review: Review) -> str:
    """Why somebody does not decide on a review; empty where nothing is known against it."""
    return concerned(account, review.unit_id, review.body_id, day_of(review.case.cycle.opened_at))


def concerned(account: int | None, unit: int, body: int, began: date) -> str:
    """`began`: the first day of the cycle. One query."""
    since = models.Q(until=None) | models.Q(until__gt=began)
    rows = Posting.objects.filter(since, account=account)
    found = rows.filter(models.Q(unit=unit) | models.Q(body=body)).first()
    if found is None:
        return ""
    where = "这家企业" if found.unit_id else "该评审单位"
    return f"您在本创建周期内在{where}任职，应当回避，请由其他人员办理。"
