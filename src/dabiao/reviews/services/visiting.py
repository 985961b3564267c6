"""The initial visit: begun by the review unit, filled by qualified reviewers, closed clear or held."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from dabiao import law
from dabiao.base import calendars, outbox
from dabiao.base.clock import day_of
from dabiao.base.journal import entries as journal
from dabiao.creation.queries.cases import belonged
from dabiao.hazards import services as hazards
from dabiao.hazards.models import Hazard, HazardKind
from dabiao.hazards.rules.handovers import CATEGORIES, GENERAL, REPORT
from dabiao.hazards.services import handovers
from dabiao.hazards.services.handovers import Sending
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Invalid, OutOfTurn, Refused
from dabiao.kernel.limits import due_day
from dabiao.people.models import Account
from dabiao.reviews.models import InitialVisit, Review
from dabiao.reviews.permissions import visits as permissions
from dabiao.reviews.queries import contracts, recognitions, separation
from dabiao.reviews.queries import visits as queries
from dabiao.reviews.rules import focus, gate
from dabiao.reviews.services.contracts import said
from dabiao.reviews.states import reviews as states
from dabiao.sheets import queries as sheets
from dabiao.sheets.models import Occasion, Sheet
from dabiao.sheets.services import closing, opening
from dabiao.sheets.states import SheetState
from dabiao.standards.models import Rulebook
from dabiao.standards.queries.books import rulebook_of
from dabiao.standards.services import rulebooks

TEAM_SIDE = "team"
FURTHEST = 60  # days ahead a visit may be set


@dataclass(frozen=True, slots=True)
class VisitClosed:
    """News: the gate is passed, or held."""

    review: int
    visit: int
    outcome: str


@dataclass(frozen=True, slots=True)
class Serious:
    """A major hazard or serious violation found: words, which it is, by which category it is handed over."""

    text: str
    major: bool = True
    category: str = GENERAL
    line: str = ""


@transaction.atomic
def begin(
    *, review: Review, visit_on: date, lead: Account, visitors: Sequence[Account], by: Actor, at: datetime
) -> InitialVisit:
    """Set the day and who goes; everything is asked of that day."""
    journal.hold(review, "state", "version")
    open_ = queries.unrectified(review).count()
    permissions.may_begin(by, review, told=contracts.notified(review), unrectified=open_).or_refuse()
    people = [lead, *(each for each in visitors if each.pk != lead.pk)]
    _check(review, people, visit_on, day_of(at))
    sheet = opening.open_sheet(
        occasion=Occasion.INITIAL_VISIT,
        unit=review.unit,
        rulebook=_limited(review, by, at),
        lead=lead,
        writers=people,
        by=by,
        at=at,
    )
    visit = _visit(review, visit_on, people, sheet, at)
    with journal.writing(permissions.BEGIN, by=by, at=at, on=review) as w:
        w.create(visit)
        w.move(review, states.VISIT, version=review.version + 1)
    return visit


def _visit(
    review: Review, visit_on: date, people: Sequence[Account], sheet: Sheet, at: datetime
) -> InitialVisit:
    numbers = queries.numbers(each.pk for each in people)
    return InitialVisit(
        review=review,
        turn=review.visits.count() + 1,
        visit_on=visit_on,
        sheet=sheet,
        lead=people[0],
        visitors=[
            {"account": each.pk, "name": each.name, "number": numbers.get(each.pk, "")} for each in people
        ],
        begun_at=at,
        begun_on=day_of(at),
    )


def _limited(review: Review, by: Actor, at: datetime) -> Rulebook:
    """Vetoes, the areas of law and the unit's own; the day is that of acceptance (house/rulebook)."""
    whole = review.rulebook
    assert whole is not None  # noqa: S101  stamped when the review opened
    areas = [str(each) for each in law.on(day_of(at))["initial_visit.areas"].items]
    return rulebooks.limit(rulebook=whole, only=focus.focused(rulebook_of(whole), areas), by=by, at=at)


def _check(review: Review, people: Sequence[Account], visit_on: date, today: date) -> None:
    if not today <= visit_on <= date.fromordinal(today.toordinal() + FURTHEST):
        raise Invalid("请核对日期。", {"visit_on": f"初访日期不能早于今天，也不能晚于 {FURTHEST} 天之后。"})
    _recognised(review, visit_on)
    if found := separation.conflicts(review, today):
        raise Refused(said(found[0]), clause=separation.clauses(today)[0])
    wrong = queries.unqualified(review.body_id, people, visit_on)
    wrong += [
        f"{each.name}在该企业任过职，应当回避。" for each in people if belonged(each.pk, review.unit_id)
    ]
    for each in people:
        wrong += [found.words for found in separation.conflicts_of(each, review, today)]
    if wrong:
        raise Invalid("这些人员不能参加本次初访：" + "".join(wrong), {"visitors": "".join(wrong)})


def _recognised(review: Review, day: date) -> None:
    if words := recognitions.fault(review.body, review.unit, review.level, day):
        raise Refused(words, clause=recognitions.CLAUSE)


@transaction.atomic
def close(
    *, visit: InitialVisit, outcome: str, words: str, serious: Sequence[Serious], by: Actor, at: datetime
) -> InitialVisit:
    """Close the sheet and say how the gate stands; against what the facts say nobody clears it."""
    journal.hold(visit.review, "state", "version")
    visit.refresh_from_db(fields=["outcome"])
    permissions.may_close(by, visit).or_refuse()
    found = [each for each in serious if each.text.strip()]
    _check_closing(visit, words, found, at)
    reasons = _gate(visit, found, day_of(at))
    if reasons and outcome == gate.CLEAR:
        raise Refused(f"不能通过：{reasons[0].words}", clause=reasons[0].clause)
    if not reasons and outcome == gate.HOLD:
        raise Invalid("没有需要暂缓的情形。", {"outcome": "没有否决项不符合、重大隐患或者严重违法行为。"})
    if visit.sheet.state != SheetState.CLOSED:  # signed on the spot already
        closing.close_sheet(sheet=visit.sheet_id, by=by, at=at, side=TEAM_SIDE)
    _concluded(visit, outcome, words, reasons, by=by, at=at)
    if outcome == gate.HOLD:
        _raise(visit, found, by, at)
    return visit


def _check_closing(visit: InitialVisit, words: str, found: Sequence[Serious], at: datetime) -> None:
    if day_of(at) < visit.visit_on:
        raise OutOfTurn(f"初访定于 {visit.visit_on:%Y-%m-%d}，到场核验之后才能作出结论。", clause="uplift/10")
    _recognised(visit.review, visit.visit_on)
    people = Account.objects.filter(pk__in=[each["account"] for each in visit.visitors])
    if wrong := queries.unqualified(visit.review.body_id, people, visit.visit_on):
        raise Refused("".join(wrong), clause="quality-2015/5")
    if not words.strip():
        raise Invalid("请写明结论。", {"words": "请写明现场核验的情况和结论。"})
    if any(each.category not in CATEGORIES for each in found):
        raise Invalid("请核对类别。", {"category": "请选择移交的类别。"})


def _gate(visit: InitialVisit, found: Sequence[Serious], day: date) -> tuple[gate.Reason, ...]:
    facts = queries.facts(visit.review, visit.sheet, [each.text.strip() for each in found], day)
    return gate.gate(facts, law.on(day)["refusals.effect"].clause).reasons


def _concluded(
    visit: InitialVisit,
    outcome: str,
    words: str,
    reasons: Sequence[gate.Reason],
    *,
    by: Actor,
    at: datetime,
) -> None:
    review, day = visit.review, day_of(at)
    move, more = (states.CLEAR, {"cleared_on": day}) if outcome == gate.CLEAR else (states.HOLD, {})
    said_: list[dict[str, Any]] = [{"words": each.words, "clause": each.clause} for each in reasons]
    with journal.writing(permissions.CLOSE, by=by, at=at, on=review) as w:
        told: dict[str, Any] = {"outcome": outcome, "reasons": said_, "words": words.strip()}
        w.change(visit, closed_at=at, closed_on=day, **told)
        w.move(review, move, **more, version=review.version + 1)
        outbox.announce(VisitClosed(review.pk, visit.pk, outcome), at)


def _raise(visit: InitialVisit, found: Sequence[Serious], by: Actor, at: datetime) -> None:
    """Each becomes a hazard to be put right at once, and is reported to the department."""
    review, day = visit.review, day_of(at)
    limit = due_day(law.on(day)["initial_visit.rectification.limit"].limit, day, calendars.calendar()).day
    listed = [*_of_vetoes(visit), *found]
    drafts = hazards.drafts(
        unit=review.unit,
        origin=queries.ORIGIN,
        origin_key=visit.pk,
        found=[_found(visit, each) for each in listed],
        at=at,
        confirmer=review.body,
        limit=limit,
    )
    with journal.writing(permissions.CLOSE, by=by, at=at, on=visit) as w:
        w.create_all(drafts)
    for hazard, each in zip(drafts, listed, strict=True):
        _report(review, hazard, each, by, at)


def _of_vetoes(visit: InitialVisit) -> list[Serious]:
    return [Serious(text, major=False, line=line) for line, text in queries.vetoed(visit.sheet)]


def _found(visit: InitialVisit, each: Serious) -> hazards.Found:
    edition = sheets.rulebook(visit.sheet).edition
    item = f"{edition}#{each.line}" if each.line else ""
    return hazards.Found(each.text.strip(), HazardKind.HAZARD, item[:60], each.major)


def _report(review: Review, hazard: Hazard, each: Serious, by: Actor, at: datetime) -> None:
    title = "重大事故隐患" if each.major else "严重违法行为、否决项不符合"
    words = (
        f"初访现场核验发现{title}：{each.text.strip()}。已责令立即整改，限 {hazard.limit:%Y-%m-%d} 前完成。"
    )
    to = contracts.district_department(review.unit)
    sending = Sending(review.body, to, REPORT, each.category, words)
    handovers.hand_over(hazard=hazard, sending=sending, by=by, at=at)
