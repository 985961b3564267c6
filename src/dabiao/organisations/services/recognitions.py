"""Which review and organizing units are recognised for what, from when to when (quality-2015/5)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dabiao import law
from dabiao.base.journal import entries as journal
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Invalid
from dabiao.organisations import permissions
from dabiao.organisations.models import Body, BodyKind, Industry, Recognition
from dabiao.organisations.queries.ground import running
from dabiao.organisations.rules.recognising import ends

RECOGNISED = frozenset({BodyKind.REVIEW, BodyKind.ORGANIZING})


@dataclass(frozen=True, slots=True)
class Recognising:
    """For an industry (a section or below; None: all) and a level, from a day on."""

    body: Body
    industry: Industry | None
    level: str
    since: date
    basis: str


def grant(*, recognising: Recognising, by: Actor, at: datetime) -> Recognition:
    """Its end follows from the law of its first day, which is kept with it."""
    permissions.may_recognise(by).or_refuse()
    _check(recognising)
    on, section = law.on(recognising.since), _section(recognising.industry)
    until, cited = ends(recognising.since, section, recognising.level, on)
    row = Recognition(
        body=recognising.body,
        industry=recognising.industry,
        level=recognising.level,
        since=recognising.since,
        until=until,
        basis=recognising.basis.strip(),
        law=[each.plain() for each in cited],
    )
    with journal.writing(permissions.RECOGNISE, by=by, at=at, on=recognising.body) as w:
        return w.create(row)


def lapse(*, recognition: Recognition, until: date, reason: str, by: Actor, at: datetime) -> Recognition:
    """End it before its time; `until` is the first day no longer."""
    permissions.may_recognise(by).or_refuse()
    if not reason.strip():
        raise Invalid("请写明理由。", {"reason": "终止认定应当写明理由和依据。"})
    if recognition.until is not None and recognition.until <= until:
        raise Invalid("该认定届时已经失效。", {"until": "请核对日期。"})
    with journal.writing(permissions.RECOGNISE, by=by, at=at, on=recognition.body) as w:
        return w.change(recognition, until=max(until, recognition.since), ended_reason=reason.strip())


def _check(recognising: Recognising) -> None:
    wrong: dict[str, str] = {}
    if recognising.body.kind not in RECOGNISED:
        wrong["body"] = "只认定评审单位和评审组织单位。"
    if not recognising.basis.strip():
        wrong["basis"] = "请写明认定文件。"
    same: Any = Recognition.objects.filter(
        running(recognising.since),
        body=recognising.body,
        industry=recognising.industry,
        level=recognising.level,
    )
    if same.exists():
        wrong["since"] = "该日已有同样的认定，请核对。"
    if wrong:
        raise Invalid("认定没有办成。", wrong)


def _section(industry: Industry | None) -> str:
    while industry is not None and industry.parent is not None:
        industry = industry.parent
    return industry.code if industry else ""
