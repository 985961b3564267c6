"""Which standard an industry uses: its own, or one lent to it with a reason (uplift/4)."""

from datetime import date, datetime

from django.db.models import Q

from dabiao.base.journal import entries as journal
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Invalid
from dabiao.organisations.models import Industry, IndustryDuty
from dabiao.standards import permissions
from dabiao.standards.models import Standard, StandardUse


def map_industry(
    *,
    industry: Industry,
    standard: Standard,
    nearest: bool,
    reason: str,
    since: date,
    by: Actor,
    at: datetime,
) -> StandardUse:
    """Say that an industry uses a standard from a day on; `nearest` needs its reason."""
    permissions.may_map(by, standard, _departments(industry, since)).or_refuse()
    _check(industry, standard, nearest, reason, since)
    row = StandardUse(
        industry=industry, standard=standard, nearest=nearest, reason=reason.strip(), since=since
    )
    with journal.writing(permissions.MAP, by=by, at=at, on=standard) as w:
        return w.create(row)


def end_mapping(*, use: StandardUse, until: date, by: Actor, at: datetime) -> StandardUse:
    """End it; `until` is the first day no longer."""
    with journal.writing(permissions.UNMAP, by=by, at=at, on=use.standard) as w:
        permissions.may_unmap(by, use, _departments(use.industry, until)).or_refuse()
        return w.change(use, until=max(until, use.since))


def _departments(industry: Industry, day: date) -> frozenset[int]:
    """Who answers for the industry, or for what lies above it."""
    above, row = [industry.pk], industry
    while row.parent is not None:
        row = row.parent
        above.append(row.pk)
    duties = IndustryDuty.objects.filter(industry__in=above, since__lte=day).exclude(until__lte=day)
    return frozenset(duties.values_list("department", flat=True))


def _check(industry: Industry, standard: Standard, nearest: bool, reason: str, since: date) -> None:
    if nearest and not reason.strip():
        raise Invalid("请写明理由。", {"reason": "使用相近行业的标准，请写明相近在哪里。"})
    running = Q(until__isnull=True) | Q(until__gt=since)
    if StandardUse.objects.filter(running, industry=industry, standard=standard).exists():
        raise Invalid("已有对应。", {"industry": f"{industry}已经对应{standard.number}，请核对。"})
