"""A screening and the hazards it found, in one step (uplift/13)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from dabiao.base.clock import day_of
from dabiao.base.journal import entries as journal
from dabiao.hazards import permissions
from dabiao.hazards.models import HazardKind, RiskPoint, Screening
from dabiao.hazards.services.findings import Found, drafts
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Invalid
from dabiao.organisations.models import Unit

ORIGIN = "screening"


@dataclass(frozen=True, slots=True)
class Screened:
    """When, who, by which check list, where."""

    screened_on: date
    people: str
    checklist: str
    places: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """One hazard seen, and the risk point it belongs to where it is known."""

    text: str
    major: bool = False
    risk: RiskPoint | None = None


def screen(*, unit: Unit, told: Screened, seen: Sequence[Seen], by: Actor, at: datetime) -> Screening:
    """Record a screening; what was seen becomes hazards to be put right."""
    permissions.may_screen(by, unit.pk).or_refuse()
    _check(unit, told, seen, day_of(at))
    row = Screening(
        unit=unit,
        screened_on=told.screened_on,
        people=told.people.strip(),
        checklist=told.checklist.strip(),
        places=told.places.strip(),
        words=told.words.strip(),
        found=len(seen),
        recorded_at=at,
    )
    with journal.writing(permissions.SCREEN, by=by, at=at, on=row) as w:
        w.create(row)
        found = [
            Found(text=each.text.strip(), kind=HazardKind.HAZARD, major=each.major, risk=each.risk)
            for each in seen
        ]
        w.create_all(drafts(unit=unit, origin=ORIGIN, origin_key=row.pk, found=found, at=at))
    return row


def _check(unit: Unit, told: Screened, seen: Sequence[Seen], today: date) -> None:
    asked = {"people": told.people, "checklist": told.checklist, "places": told.places}
    wrong = {name: "请填写。" for name, text in asked.items() if not text.strip()}
    if told.screened_on > today:
        wrong["screened_on"] = "日期不能晚于今天。"
    if any(not each.text.strip() for each in seen):
        wrong["found"] = "请写明发现了什么。"
    if any(each.risk is not None and each.risk.unit_id != unit.pk for each in seen):
        wrong["risk"] = "请选择本企业的风险点。"
    if wrong:
        raise Invalid("请更正标出的内容。", wrong)
