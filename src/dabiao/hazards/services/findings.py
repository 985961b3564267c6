"""Acts on findings: raised by a subject above, then planned, done, confirmed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from dabiao.base import serials
from dabiao.base.clock import day_of
from dabiao.base.files import store
from dabiao.base.journal import entries as journal
from dabiao.hazards import permissions, states
from dabiao.hazards.models import Demand, Evidence, Hazard, HazardKind, RiskPoint
from dabiao.hazards.states import HazardState
from dabiao.kernel.actor import Actor
from dabiao.kernel.acts import Act
from dabiao.kernel.errors import Invalid
from dabiao.organisations.models import Body, Unit


@dataclass(frozen=True, slots=True)
class Found:
    """One problem found. `item`: the edition's digest and item key; by it, or by the risk point, recurrence
    is noticed."""

    text: str
    kind: HazardKind
    item: str = ""
    major: bool = False
    risk: RiskPoint | None = None


def drafts(
    *,
    unit: Unit,
    origin: str,
    origin_key: int,
    found: Sequence[Found],
    at: datetime,
    confirmer: Body | None = None,
    limit: date | None = None,
) -> list[Hazard]:
    """Findings ready to be created by the act that found them. Earlier ones on the same item are named.

    `confirmer` confirms in the unit's stead, `limit` is the last day there is for putting right."""
    earlier = _earlier(unit, found)
    year = day_of(at).year
    return [
        Hazard(
            kind=each.kind,
            major=each.major,
            unit=unit,
            jurisdiction_id=unit.jurisdiction_id,
            origin=origin,
            origin_key=origin_key,
            standard_item=each.item,
            number=f"YH{year}{serials.following(f'hazard:{year}'):06d}",
            text=each.text,
            state=HazardState.FOUND,
            found_at=at,
            risk=each.risk,
            recurs=earlier.get(each.item) or earlier.get(each.risk),
            confirmer=confirmer,
            limit=limit,
        )
        for each in found
    ]


def _earlier(unit: Unit, found: Sequence[Found]) -> dict[str | RiskPoint | None, Hazard]:
    """Item or risk point -> the newest finding there was on it."""
    items = {each.item for each in found if each.item}
    points = {each.risk for each in found if each.risk is not None}
    same = Q(standard_item__in=items) | Q(risk__in=points)
    rows = Hazard.objects.filter(same, unit=unit).select_related("risk").order_by("found_at", "id")
    known: dict[str | RiskPoint | None, Hazard] = {row.standard_item: row for row in rows}
    known |= {row.risk: row for row in rows}
    return {key: row for key, row in known.items() if key}


def plan(
    *,
    hazard: Hazard,
    cause: str,
    corrective: str,
    preventive: str,
    responsible: str,
    due: date,
    version: int,
    by: Actor,
    at: datetime,
) -> Hazard:
    """Write down cause, corrective and preventive measure, who and until when (uplift/19)."""
    permissions.may_plan(by, hazard).or_refuse()
    told = {"cause": cause, "corrective": corrective, "preventive": preventive, "responsible": responsible}
    _check_plan(hazard, told, due, at)
    with journal.writing(permissions.PLAN, by=by, at=at, on=hazard) as w:
        w.move(hazard, states.PLAN)
        return w.change(hazard, version=version, due=due, **told)


def _check_plan(hazard: Hazard, told: dict[str, str], due: date, at: datetime) -> None:
    asked = {"cause": "原因", "corrective": "整改措施", "preventive": "预防措施", "responsible": "责任人"}
    wrong = {name: f"请填写{asked[name]}。" for name, text in told.items() if not text.strip()}
    if due < day_of(at):
        wrong["due"] = "整改期限不能早于今天。"
    if hazard.limit is not None and due > hazard.limit:
        wrong["due"] = f"整改期限不能晚于 {hazard.limit:%Y-%m-%d}。"
    if wrong:
        raise Invalid("整改方案还不完整，请补充标出的内容。", wrong)


def report_done(
    *, hazard: Hazard, words: str, taken: Sequence[store.Taken], by: Actor, at: datetime
) -> Hazard:
    """Say what was done, with evidence."""
    permissions.may_report(by, hazard).or_refuse()
    if not words.strip():
        raise Invalid("请写明整改完成情况。", {"words": "请写明做了什么、现在什么样。"})
    if not taken and not hazard.evidence.exists():
        raise Invalid("请附整改证据。", {"evidence": "请至少附一张整改后的照片或一份文件。"})
    with journal.writing(permissions.REPORT, by=by, at=at, on=hazard) as w:
        w.move(hazard, states.REPORT, done_words=words, done_by=by.account, version=hazard.version + 1)
        for each in taken:
            w.create(Evidence(hazard=hazard, file=store.row(w, each, at), received_at=at))
    return hazard


def confirm(*, hazard: Hazard, by: Actor, at: datetime) -> Hazard:
    """Close a finding: put right indeed."""
    permissions.may_confirm(by, hazard).or_refuse()
    with journal.writing(_confirming(hazard), by=by, at=at, on=hazard) as w:
        return w.move(hazard, states.CONFIRM, closed_at=at, returned="", version=hazard.version + 1)


def send_back(*, hazard: Hazard, reason: str, by: Actor, at: datetime) -> Hazard:
    """Not put right yet: back to being put right, with the reason."""
    permissions.may_confirm(by, hazard).or_refuse()
    if not reason.strip():
        raise Invalid("请写明退回理由。", {"reason": "请写明还差什么。"})
    with journal.writing(_confirming(hazard), by=by, at=at, on=hazard) as w:
        return w.move(hazard, states.SEND_BACK, returned=reason, version=hazard.version + 1)


def _confirming(hazard: Hazard) -> Act:
    return permissions.CONFIRM if hazard.confirmer_id is None else permissions.CONFIRM_FOUND


def stamp(*, hazards: Sequence[Hazard], limit: date, by: Actor, at: datetime) -> None:
    """Another last day for those not closed yet; whether it is right is for the subject that calls this."""
    for hazard in hazards:
        with journal.writing(permissions.STAMP, by=by, at=at, on=hazard) as w:
            w.change(hazard, limit=limit, version=hazard.version)


def collect_demand(
    *, unit: Unit, issuer: str, text: str, received: date, due: date | None, by: Actor, at: datetime
) -> Demand:
    """Enter a demand of an authority, to be tracked to its end."""
    permissions.may_track(by, unit.pk).or_refuse()
    wrong = {name: "请填写。" for name, said in {"issuer": issuer, "text": text}.items() if not said.strip()}
    if received > day_of(at):
        wrong["received"] = "收到日期不能晚于今天。"
    if due is not None and due < received:
        wrong["due"] = "要求完成日期不能早于收到日期。"
    if wrong:
        raise Invalid("请补充标出的内容。", wrong)
    demand = Demand(unit=unit, issuer=issuer, text=text, received=received, due=due)
    with journal.writing(permissions.DEMAND, by=by, at=at, on=demand) as w:
        return w.create(demand)


def finish_demand(*, demand: Demand, done: str, version: int, by: Actor, at: datetime) -> Demand:
    """Say how a demand was met."""
    permissions.may_track(by, demand.unit_id).or_refuse()
    if not done.strip():
        raise Invalid("请写明落实情况。", {"done": "请写明怎样落实的。"})
    with journal.writing(permissions.DEMAND, by=by, at=at, on=demand) as w:
        return w.change(demand, version=version, done=done, done_on=day_of(at))
