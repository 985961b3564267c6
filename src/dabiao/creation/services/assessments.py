"""Acts of a self-assessment: start, sign, post inside the unit, hand in, abandon (uplift/19)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from dabiao import law
from dabiao.base import calendars, outbox, serials
from dabiao.base.clock import day_of
from dabiao.base.journal import entries as journal
from dabiao.creation.models.assessments import SelfAssessment
from dabiao.creation.permissions import assessments as permissions
from dabiao.creation.queries import assessments as queries
from dabiao.creation.rules.findings import findings
from dabiao.creation.services import cycles
from dabiao.creation.states import assessments as states
from dabiao.creation.states.assessments import AssessmentState
from dabiao.hazards import services as hazards
from dabiao.hazards.models import Hazard, HazardKind
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Invalid, OutOfTurn
from dabiao.kernel.limits import due_day
from dabiao.organisations.models import Unit
from dabiao.people.models import Account
from dabiao.sheets import queries as sheets
from dabiao.sheets.models import Sheet
from dabiao.sheets.rules.occasions import Occasion
from dabiao.sheets.services import abandoning, closing, copying, opening
from dabiao.standards import queries as standards
from dabiao.standards.models import Edition, Rulebook
from dabiao.standards.services import rulebooks

UNIT_SIDE = "unit"


@dataclass(frozen=True, slots=True)
class SelfAssessmentHandedIn:
    """News: a unit handed in its self-assessment report."""

    assessment: int
    unit: int
    number: str


def start(
    *,
    unit: Unit,
    level: str,
    lead: Account,
    by: Actor,
    at: datetime,
    writers: Sequence[Account] = (),
    reuse: bool = False,
) -> SelfAssessment:
    """Open a self-assessment by the edition proposed for the unit and level; `reuse` starts from the
    answers of the last one handed in (uplift/13)."""
    permissions.may_start(by, unit.pk).or_refuse()
    proposed = standards.proposal(unit, level, day_of(at))
    if proposed.edition is None:
        raise Invalid(f"还不能开始自评：{proposed.reason}", {"level": proposed.reason})
    with transaction.atomic():
        journal.hold(unit)
        if queries.unfinished(unit.pk).exists():
            raise OutOfTurn("本企业还有一份自评没有完成，请先完成或作废，再发起新的自评。")
        cycles.current(unit=unit, by=by, at=at)
        previous = queries.last_handed_in(unit.pk)
        book = _book(unit, proposed.edition, level, by, at)
        sheet = opening.open_sheet(
            occasion=Occasion.SELF_ASSESSMENT,
            unit=unit,
            rulebook=book,
            lead=lead,
            writers=writers,
            by=by,
            at=at,
        )
        assessment = _opened(unit, level, sheet, _reason(proposed), at)
        assessment.previous = previous
        with journal.writing(permissions.START, by=by, at=at, on=assessment) as w:
            w.create(assessment)
        if reuse and previous is not None:
            copying.copy_answers(source=previous.sheet, into=sheet.pk, by=by, at=at)
    return assessment


def _book(unit: Unit, edition: Edition, level: str, by: Actor, at: datetime) -> Rulebook:
    return rulebooks.open(edition=edition, day=day_of(at), areas=unit.areas, level=level, by=by, at=at)


def _reason(proposed: standards.Proposal) -> dict[str, object]:
    """Why this edition, as the decision stores it."""
    return {"text": proposed.reason, "nearest": proposed.nearest, "clause": proposed.clause}


def _opened(unit: Unit, level: str, sheet: Sheet, reason: dict[str, object], at: datetime) -> SelfAssessment:
    year = day_of(at).year
    return SelfAssessment(
        number=f"ZP{year}{serials.following(f'self_assessment:{year}'):05d}",
        unit=unit,
        jurisdiction_id=unit.jurisdiction_id,
        sheet=sheet,
        level=level,
        title=f"{year}年度企业安全生产标准化自评",
        state=AssessmentState.FILLING,
        started_at=at,
        reason=reason,
    )


def sign(
    *, assessment: SelfAssessment, opinion: str, version: int, by: Actor, at: datetime
) -> SelfAssessment:
    """Close the sheet, sign the report, and enter what was found as hazards and non-conformities."""
    permissions.may_sign(by, assessment).or_refuse()
    if not opinion.strip():
        raise Invalid("请填写自评结论。", {"opinion": "请写明本企业对自评结果的总体结论。"})
    with transaction.atomic():
        sheet = closing.close_sheet(sheet=assessment.sheet_id, by=by, at=at, side=UNIT_SIDE)
        with journal.writing(permissions.SIGN, by=by, at=at, on=assessment) as w:
            w.move(assessment, states.SIGN)
            w.change(assessment, version=version, opinion=opinion)
            w.create_all(_found(assessment, sheet, at))
    return assessment


def _found(assessment: SelfAssessment, sheet: Sheet, at: datetime) -> list[Hazard]:
    book = sheets.rulebook(sheet)
    found = [
        hazards.Found(
            text=each.text,
            kind=HazardKind.HAZARD if each.mandatory else HazardKind.NONCONFORMITY,
            item=f"{assessment.sheet.rulebook.edition_id}#{each.line}",
            major=each.vetoed,
        )
        for each in findings(book, sheets.answers(sheet))
    ]
    return hazards.drafts(
        unit=assessment.unit, origin=Occasion.SELF_ASSESSMENT, origin_key=assessment.pk, found=found, at=at
    )


def post(*, assessment: SelfAssessment, where: str, version: int, by: Actor, at: datetime) -> SelfAssessment:
    """Post the report inside the unit; it may be handed in on the day after the period has run out."""
    permissions.may_post(by, assessment).or_refuse()
    if not where.strip():
        raise Invalid("请写明在哪里公示。", {"where": "例如：厂区公告栏、企业微信群。"})
    day = day_of(at)
    due = due_day(law.on(day)["self_assessment.posting.period"].limit, day, calendars.calendar())
    with journal.writing(permissions.POST, by=by, at=at, on=assessment) as w:
        w.move(assessment, states.POST)
        return w.change(
            assessment,
            version=version,
            posted_on=day,
            posted_where=where,
            posting_ends=due.day,
            posting_provisional=due.provisional,
        )


def hand_in(*, assessment: SelfAssessment, version: int, by: Actor, at: datetime) -> SelfAssessment:
    """Hand the report in to the department, after the posting period."""
    permissions.may_hand_in(by, assessment, day_of(at)).or_refuse()
    with journal.writing(permissions.HAND_IN, by=by, at=at, on=assessment) as w:
        w.move(assessment, states.HAND_IN)
        w.change(assessment, version=version, handed_in_at=at)
        outbox.announce(SelfAssessmentHandedIn(assessment.pk, assessment.unit_id, assessment.number), at)
    return assessment


def abandon(*, assessment: SelfAssessment, reason: str, by: Actor, at: datetime) -> SelfAssessment:
    """Give up an unfinished self-assessment and its sheet; nothing is deleted."""
    permissions.may_abandon(by, assessment).or_refuse()
    if not reason.strip():
        raise Invalid("请写明作废理由。", {"reason": "请写明为什么不再继续。"})
    with transaction.atomic():  # the sheet first, as at signing
        abandoning.abandon_sheet(sheet=assessment.sheet_id, by=by, at=at)
        with journal.writing(permissions.ABANDON, by=by, at=at, on=assessment, note={"reason": reason}) as w:
            return w.move(assessment, states.ABANDON)
