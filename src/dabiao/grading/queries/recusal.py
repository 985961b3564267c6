"""Whom to keep away: who is or was, in the cycle, of the unit or of the review unit (house/recusal)."""

from django.db import models

from dabiao.base.clock import day_of
from dabiao.grading.models import Grading
from dabiao.people.models import Posting


def concerned(account: int | None, grading: Grading) -> str:
    """Why somebody has to stay away from a grading; empty where nothing is known against it. One query."""
    began = day_of(grading.case.cycle.opened_at)
    since = models.Q(until=None) | models.Q(until__gt=began)
    rows = Posting.objects.filter(since, account=account)
    found = rows.filter(models.Q(unit=grading.unit_id) | models.Q(body=grading.body_id)).first()
    if found is None:
        return ""
    where = "这家企业" if found.unit_id else "该评审单位"
    return f"您在本创建周期内在{where}任职，应当回避，请由其他人员办理。"
