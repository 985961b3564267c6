"""Spot checks 现场抽查 of the review's own work: drawn so that anybody can repeat it (quality-2015/4)."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from dabiao import draw, law
from dabiao.base.clock import day_of
from dabiao.base.journal import entries as journal
from dabiao.grading.models import Grading, SpotDraw
from dabiao.grading.permissions import rechecks as permissions
from dabiao.grading.rules.extent import share_of
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Invalid
from dabiao.organisations.models import Body


@transaction.atomic
def draw_spot_checks(
    *, organizing: Body, first: date, last: date, words: Mapping[str, str], by: Actor, at: datetime
) -> SpotDraw:
    """Of the reports received in a time, the share of law, rounded up; each can be drawn once."""
    permissions.may_draw(by, organizing.pk).or_refuse()
    journal.hold(organizing)  # nobody is drawn from two lists
    rows = Grading.objects.filter(
        organizing=organizing, received_on__gte=first, received_on__lte=last, spot=False
    )
    rows = rows.exclude(number__in=_listed(organizing))
    share = law.on(day_of(at))["spot_check.share"]
    frozen = draw.freeze(rows.values_list("number", flat=True))
    if not frozen.keys:
        raise Invalid("这段时间没有收到尚未抽取过的评审报告。", {"first": "请另选时间。"})
    try:
        drawn = draw.draw(frozen, words, share_of(len(frozen.keys), share.number))
    except ValueError as error:
        raise Invalid(str(error), {"words": str(error)}) from error
    row = SpotDraw(
        organizing=organizing,
        first=first,
        last=last,
        record=drawn.plain(),
        share=share.plain(),
        drawn_by_id=by.account or 0,
        drawn_at=at,
    )
    with journal.writing(permissions.DRAW, by=by, at=at, on=row) as w:
        w.create(row)
        for grading in rows.filter(number__in=drawn.chosen).order_by("id"):
            w.change(grading, version=grading.version, spot=True)
    return row


def _listed(organizing: Body) -> set[str]:
    """Who stood on a list before; nobody is drawn from twice."""
    records = SpotDraw.objects.filter(organizing=organizing).values_list("record", flat=True)
    return {key for record in records for key in record["keys"]}
