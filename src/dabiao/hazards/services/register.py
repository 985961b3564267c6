"""Acts on the risk register: enter, change, take out a point; import a table of them (uplift/13)."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from dabiao.base.clock import day_of
from dabiao.base.journal import entries as journal
from dabiao.base.journal.entries import Writing
from dabiao.hazards import permissions
from dabiao.hazards.models import Hazard, RiskPoint
from dabiao.hazards.rules.register import LEVELS, LONGEST, Risk
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Invalid, OutOfTurn
from dabiao.organisations.models import Unit


def enter(*, unit: Unit, risk: Risk, by: Actor, at: datetime) -> RiskPoint:
    """One point more in the register."""
    permissions.may_register(by, unit.pk).or_refuse()
    _check(risk)
    with transaction.atomic():
        journal.hold(unit)
        _refuse_twin(unit, risk)
        row = RiskPoint(unit=unit, **asdict(risk))
        with journal.writing(permissions.REGISTER, by=by, at=at, on=row) as w:
            return w.create(row)


def change(*, point: RiskPoint, risk: Risk, version: int, by: Actor, at: datetime) -> RiskPoint:
    """Grade it anew, change measures, who keeps it in hand, or its next review."""
    permissions.may_register(by, point.unit_id).or_refuse()
    _check(risk)
    _refuse_removed(point)
    with transaction.atomic():
        journal.hold(point.unit)
        _refuse_twin(point.unit, risk, but=point.pk)
        with journal.writing(permissions.REGISTER, by=by, at=at, on=point) as w:
            return w.change(point, version=version, **asdict(risk))


def take_out(*, point: RiskPoint, reason: str, version: int, by: Actor, at: datetime) -> RiskPoint:
    """The risk is there no more; the row stays for what was found on it."""
    permissions.may_register(by, point.unit_id).or_refuse()
    _refuse_removed(point)
    if not reason.strip():
        raise Invalid("请写明移出理由。", {"reason": "请写明为什么不再是风险点。"})
    with journal.writing(permissions.REGISTER, by=by, at=at, on=point, note={"reason": reason}) as w:
        return w.change(point, version=version, removed_on=day_of(at), removed_why=reason.strip())


def import_all(*, unit: Unit, risks: Sequence[Risk], by: Actor, at: datetime) -> tuple[int, int]:
    """All of a table or nothing: new points are entered, known ones changed. How many of each."""
    permissions.may_register(by, unit.pk).or_refuse()
    if not risks:
        raise Invalid("表格里没有风险点。", {"file": "表头下面没有内容。"})
    with transaction.atomic():
        journal.hold(unit)
        with journal.writing(permissions.REGISTER, by=by, at=at, on=unit) as w:
            new = [RiskPoint(unit=unit, **asdict(risk)) for risk in _changed(w, unit, risks)]
            return len(w.create_all(new)), len(risks) - len(new)


def _changed(work: Writing, unit: Unit, risks: Sequence[Risk]) -> Iterator[Risk]:
    """Change those that are known; the others are left to be entered."""
    rows = RiskPoint.objects.filter(unit=unit, removed_on=None)
    known = {(row.place, row.activity, row.kind): row for row in rows}
    for risk in risks:
        row = known.get(risk.which)
        if row is None:
            yield risk
        else:
            told = asdict(risk)
            if any(getattr(row, name) != value for name, value in told.items()):
                work.change(row, version=row.version, **told)


def link(*, hazard: Hazard, point: RiskPoint | None, by: Actor, at: datetime) -> Hazard:
    """Say to which point of the register a finding belongs."""
    permissions.may_screen(by, hazard.unit_id).or_refuse()
    if point is not None and point.unit_id != hazard.unit_id:
        raise Invalid("请选择本企业的风险点。", {"risk": "请选择本企业的风险点。"})
    with journal.writing(permissions.LINK, by=by, at=at, on=hazard) as w:
        return w.change(hazard, version=hazard.version, risk=point)


def _check(risk: Risk) -> None:
    said = {name: getattr(risk, name).strip() for name in LONGEST}
    wrong = {name: "请填写。" for name, text in said.items() if not text}
    long = [name for name, text in said.items() if len(text) > LONGEST[name]]
    wrong |= {name: f"不超过 {LONGEST[name]} 个字。" for name in long}
    if risk.level not in LEVELS:
        wrong["level"] = "请选择风险等级。"
    if wrong:
        raise Invalid("请更正标出的内容。", wrong)


def _refuse_twin(unit: Unit, risk: Risk, but: int = 0) -> None:
    same = {"place": risk.place, "activity": risk.activity, "kind": risk.kind}
    if RiskPoint.objects.filter(unit=unit, removed_on=None, **same).exclude(pk=but).exists():
        raise Invalid(
            "清单里已有同一风险点。", {"activity": "同一场所、活动和事故类型只登记一次，请改那一条。"}
        )


def _refuse_removed(point: RiskPoint) -> None:
    if point.removed_on is not None:
        raise OutOfTurn("该风险点已移出清单。", clause="uplift/13")
