"""A visit is arranged, everybody who goes pledges, its sheet is opened; or it is called off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from dabiao.base.clock import day_of
from dabiao.base.journal import entries as journal
from dabiao.kernel.actor import Actor
from dabiao.kernel.acts import Act
from dabiao.kernel.errors import Invalid, OutOfTurn, Refused
from dabiao.people.models import Account
from dabiao.reviews.queries import followups as editions
from dabiao.reviews.rules.recusal import Declared
from dabiao.reviews.services.visiting import FURTHEST
from dabiao.sheets.models import Occasion
from dabiao.sheets.services import abandoning, opening
from dabiao.standards.models import Rulebook
from dabiao.standards.services import rulebooks
from dabiao.supervision.models import Verification, Verifier, VerifyingVisit
from dabiao.supervision.permissions import verifications as permissions
from dabiao.supervision.queries import recusal
from dabiao.supervision.queries import verifications as queries
from dabiao.supervision.rules import drawing
from dabiao.supervision.states import verifications as states

PLEDGE = (
    "本人与被核查企业、评审单位没有利害关系；严格执行有关规定，"
    "廉洁自律，忠于职守，坚持原则，严格标准，确保核查质量。"
)


@dataclass(frozen=True, slots=True)
class Going:
    """When, led by whom, with whom."""

    day: date
    lead: Account
    others: Sequence[Account] = ()


@transaction.atomic
def arrange(*, verification: Verification, told: Going, by: Actor, at: datetime) -> VerifyingVisit:
    """Everything is asked of today and of the visit day."""
    journal.hold(verification, "state", "version")
    under_way = queries.under_way(verification) is not None
    permissions.may_arrange(by, verification, under_way=under_way).or_refuse()
    people = [told.lead, *(each for each in told.others if each.pk != told.lead.pk)]
    _check(verification, people, told.day, at)
    posted = recusal.officers(verification, told.day)
    visit = VerifyingVisit(
        verification=verification,
        turn=verification.visits.count() + 1,
        visit_on=told.day,
        lead=told.lead,
        state=states.VisitState.ARRANGED,
        arranged_at=at,
    )
    with journal.writing(permissions.ARRANGE, by=by, at=at, on=verification) as w:
        w.create(visit)
        w.create_all([Verifier(visit=visit, account=each, body=posted[each.pk][0].body) for each in people])
    return visit


def _check(verification: Verification, people: Sequence[Account], day: date, at: datetime) -> None:
    """Officers of the bodies law names, each of these with one at least, nobody with an interest."""
    today = day_of(at)
    if not today <= day <= date.fromordinal(today.toordinal() + FURTHEST):
        raise Invalid("请核对日期。", {"day": f"日期不能早于今天，也不能晚于 {FURTHEST} 天之后。"})
    wrong = recusal.faults(verification, people, day) or recusal.faults(verification, people, today)
    if wrong:
        words = "".join(wrong.values())
        raise Invalid(f"这些人员不能参加：{words}", {"others": words})
    if missing := _missing(verification, people, day):
        raise Invalid(missing, {"others": missing})


def _missing(verification: Verification, people: Sequence[Account], day: date) -> str:
    """Of which body nobody goes, though law names it."""
    wanted, posted = recusal.bodies(verification, day), recusal.officers(verification, day)
    held = [{row.role for row in posted.get(each.pk, ())} for each in people]
    names = {
        verification.department_id: verification.department.name,
        verification.district_id: verification.district.name,
    }
    missing = [names[wanted[role]] for role in drawing.lacking(wanted, held)]
    return f"还应当有这些部门的人员参加：{'、'.join(missing)}。" if missing else ""


def _held(visit: VerifyingVisit) -> None:
    """Both rows read anew, the verification's first: the page may be older than a colleague's act."""
    journal.hold(visit.verification, "state", "version")
    visit.refresh_from_db(fields=["state", "version", "sheet"])


@transaction.atomic
def pledge(*, verifier: Verifier, declared: Declared, by: Actor, at: datetime) -> Verifier:
    """Before the sheet opens. With an interest declared, the person stands aside instead."""
    _held(verifier.visit)
    verifier.refresh_from_db(fields=["pledged_at", "aside_at"])
    permissions.may_pledge(by, verifier).or_refuse()
    verification = verifier.visit.verification
    if declared.grounds or declared.words.strip():
        with journal.writing(permissions.ASIDE, by=by, at=at, on=verification) as w:
            return w.change(verifier, aside_at=at, interest=declared.plain())
    with journal.writing(permissions.PLEDGE, by=by, at=at, on=verification) as w:
        return w.change(verifier, pledged_at=at, pledge=PLEDGE)


@transaction.atomic
def open_visit(*, visit: VerifyingVisit, by: Actor, at: datetime) -> VerifyingVisit:
    """All have pledged: the sheet opens, every item, on the edition of today (house/rulebook)."""
    _held(visit)
    permissions.may_open(by, visit).or_refuse()
    _ready(visit, at)
    verification, people = visit.verification, [each.account for each in queries.going(visit)]
    sheet = opening.open_sheet(
        occasion=Occasion.VERIFICATION,
        unit=verification.unit,
        rulebook=_rulebook(verification, by, at),
        lead=visit.lead,
        writers=people,
        by=by,
        at=at,
    )
    with journal.writing(permissions.OPEN, by=by, at=at, on=verification) as w:
        return w.move(visit, states.BEGIN, version=visit.version + 1, sheet=sheet, opened_at=at)


def _ready(visit: VerifyingVisit, at: datetime) -> None:
    if waiting := queries.unpledged(visit):
        raise OutOfTurn(f"{'、'.join(waiting)}还没有作出廉洁承诺，或者申报了回避。", clause=permissions.Q8)
    if wrong := queries.faults(visit, day_of(at)):
        raise Refused("".join(wrong), clause="house/recusal")


def _rulebook(verification: Verification, by: Actor, at: datetime) -> Rulebook:
    review, day = verification.certificate.grading.review, day_of(at)
    edition, why = editions.edition(review, day)
    if edition is None:
        raise OutOfTurn(f"还不能打开核查表：{why}", clause="house/rulebook")
    told = {"areas": verification.unit.areas, "level": verification.level}
    return rulebooks.open(edition=edition, day=day, by=by, at=at, **told)


@transaction.atomic
def call_off(*, visit: VerifyingVisit, reason: str, by: Actor, at: datetime) -> VerifyingVisit:
    """Nothing follows from it; the verification is owed as before."""
    _held(visit)
    permissions.may_call_off(by, visit).or_refuse()
    if not reason.strip():
        raise Invalid("请写明取消的原因。", {"reason": "请写明取消的原因。"})
    return end(visit=visit, act=permissions.CALL_OFF, why=reason, by=by, at=at)


def end(*, visit: VerifyingVisit, act: Act, why: str, by: Actor, at: datetime) -> VerifyingVisit:
    """As part of an act that has asked; the sheet, unless signed, is written on no more."""
    note: dict[str, Any] = {"reason": why.strip()}
    with journal.writing(act, by=by, at=at, on=visit.verification, note=note) as w:
        told = {"ended_at": at, "ended_on": day_of(at), "ended_why": why.strip()[:300]}
        w.move(visit, states.CALL_OFF, version=visit.version + 1, **told)
    if visit.sheet_id is not None:
        abandoning.abandon_sheet(sheet=visit.sheet_id, by=by, at=at)
    return visit
