"""On site: the opening meeting begins, the closing one ends, both sides sign, findings go out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db import transaction

from dabiao import law
from dabiao.base import calendars, outbox, statements
from dabiao.base.clock import day_of
from dabiao.base.journal import entries as journal
from dabiao.creation.rules.findings import findings
from dabiao.hazards import services as hazards
from dabiao.hazards.models import Hazard, HazardKind
from dabiao.kernel.actor import Actor
from dabiao.kernel.days import Due
from dabiao.kernel.errors import Invalid, OutOfTurn
from dabiao.kernel.limits import due_day
from dabiao.reviews.models import Finding, Meeting, MeetingKind, MemberPlace, Plan, Review
from dabiao.reviews.permissions import rectifications as permissions
from dabiao.reviews.queries import plans, rectifications
from dabiao.reviews.rules.visits import Span
from dabiao.reviews.services.plans import may_still
from dabiao.reviews.states import reviews as states
from dabiao.sheets import queries as sheets
from dabiao.sheets.models import Sheet
from dabiao.sheets.rules.occasions import Occasion
from dabiao.sheets.services import closing, opening, signing
from dabiao.sheets.services.holding import Opened
from dabiao.sheets.services.signing import Closing
from dabiao.standards.models import Rulebook
from dabiao.standards.services import rulebooks


@dataclass(frozen=True, slots=True)
class FindingsDelivered:
    """News: both sides signed; what was found is with the unit, `due` empty where nothing was found."""

    review: int
    unit: int
    number: str
    due: str


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting as recorded: names with side and duty, and what was said."""

    attendance: Sequence[dict[str, str]]
    summary: str


@transaction.atomic
def begin(
    *, review: Review, told: Held, version: int, by: Actor, at: datetime, done_at: datetime | None = None
) -> Plan:
    """Opens the sheet on the case's rulebook. Everybody has accepted and is qualified on this very day.

    `done_at`: when the meeting was held on the spot, where it is brought in later; the day is then that one.
    """
    journal.hold(review, "state")
    permissions.may_lead(by, review, states.ReviewState.PLANNED).or_refuse()
    _check(told)
    held_at = done_at or at
    plan = ready(review, day_of(held_at))
    sheet = _opened(review, plan, by, at)
    with journal.writing(permissions.BEGIN, by=by, at=at, on=review, done_at=done_at) as w:
        w.move(review, states.BEGIN)
        w.change(review, version=version, rulebook_id=sheet.rulebook_id)
        w.change(plan, version=plan.version, sheet=sheet)
        w.create(_meeting(plan, MeetingKind.OPENING, told, by, held_at))
    return plan


def ready(review: Review, day: date) -> Plan:
    """The plan in force, if the visit may be held on that day; else what stands against it."""
    plan = plans.current(review)
    if plan is None:
        raise OutOfTurn("评审计划已经撤销，请先制定评审计划。", clause="quality-2015/4")
    may_still(review, day)
    _ready(plan, day)
    return plan


def _check(told: Held) -> None:
    sides = {each.get("side") for each in told.attendance if each.get("name", "").strip()}
    if sides != {rectifications.TEAM, rectifications.UNIT}:
        raise Invalid("评审组和企业都应当有人到会。", {"attendance": "请写明评审组和企业到会人员。"})
    if not told.summary.strip():
        raise Invalid("请写明会议内容。", {"summary": "请写明会议的主要内容。"})


def _ready(plan: Plan, day: date) -> None:
    if not plan.span.covers(day):
        raise OutOfTurn("今天不在评审计划的日期内，请先调整计划。")
    waiting = [each.account.name for each in plans.members(plan) if each.accepted_at is None]
    if waiting:
        raise OutOfTurn(f"{'、'.join(waiting)}还没有接受或者应当回避，请先调整评审组。")
    for each in plans.team(plan):
        if found := plans.recused(each.account, plan.review, day):
            raise OutOfTurn(
                f"{each.account.name}应当回避，请先调整评审组：{found[0].fact}", clause=found[0].clause
            )
    for kind in ("reviewer", "expert"):
        people = [each.account for each in plans.team(plan) if plans.KINDS[MemberPlace(each.place)] == kind]
        if faults := plans.unqualified(people, kind, Span(day, day)):
            raise OutOfTurn(f"评审组成员今天没有有效资格：{next(iter(faults.values()))}")


def _opened(review: Review, plan: Plan, by: Actor, at: datetime) -> Sheet:
    old = Plan.objects.filter(review=review).exclude(sheet=None).order_by("-id").first()
    return opening.open_sheet(
        occasion=Occasion.ONSITE_REVIEW,
        unit=review.unit,
        rulebook=_rulebook(review, by, at),
        lead=plan.leader,
        writers=[each.account for each in plans.team(plan)],
        corrects=old.sheet if old else None,
        by=by,
        at=at,
    )


def _rulebook(review: Review, by: Actor, at: datetime) -> Rulebook:
    """Of the day of acceptance, for all sheets of the case (house/rulebook)."""
    if review.rulebook is not None:
        return review.rulebook
    case = review.case
    assert case.accepted_on is not None  # noqa: S101  reviewed cases are accepted
    areas, level = review.unit.areas, case.level
    return rulebooks.open(edition=case.edition, day=case.accepted_on, areas=areas, level=level, by=by, at=at)


def _meeting(plan: Plan, kind: MeetingKind, told: Held, by: Actor, at: datetime) -> Meeting:
    row = Meeting(plan=plan, kind=kind, attendance=list(told.attendance), summary=told.summary.strip())
    row.recorded_by_id, row.held_at = by.account or 0, at
    return row


@transaction.atomic
def conclude(*, review: Review, told: Held, by: Actor, at: datetime) -> Sheet:
    """The closing meeting: nothing unscored, the leader closes and signs, the others sign after."""
    return conclude_within(review=review, told=told, by=by, at=at)


def conclude_within(
    *,
    review: Review,
    told: Held,
    by: Actor,
    at: datetime,
    signed: Closing | None = None,
    done_at: datetime | None = None,
    opened: Opened | None = None,
    held: "Holding | None" = None,
) -> Sheet:
    """The same as part of a transaction that does not go on if this fails; which may hold review and sheet
    by now.

    `signed`: both sides signed on the spot; NotMatching where that was something else than stands here.
    """
    plan = (held or holding(review))()
    permissions.may_lead(by, review, states.ReviewState.REVIEWING, plan=plan).or_refuse()
    _check(told)
    assert plan is not None and plan.sheet is not None  # noqa: S101, PT018  begun reviews have both
    sheet = _closed(plan.sheet.pk, signed, by, at, opened)
    with journal.writing(permissions.CONCLUDE, by=by, at=at, on=review, done_at=done_at, held=True) as w:
        w.create_later([_meeting(plan, MeetingKind.CLOSING, told, by, done_at or at)])
    return sheet


Holding = Callable[[], Plan | None]


def holding(review: Review) -> Holding:
    """Hold the review, its state read again, and read the plan in force, which is told when it is called."""
    coming = statements.coming(statements.renewal(review, ["state"], hold=True), plans.asked(review))
    return partial(_held, review, coming)


def _held(review: Review, coming: statements.Coming) -> Plan | None:
    found, rows = coming()
    statements.renewed(review, ["state"], found)
    return plans.told(review, rows)


def _closed(sheet: int, signed: Closing | None, by: Actor, at: datetime, opened: Opened | None) -> Sheet:
    if signed is None:
        return closing.close_sheet(sheet=sheet, by=by, at=at, side=rectifications.TEAM)
    return signing.close_within(sheet=sheet, closing=signed, both=True, by=by, at=at, opened=opened)


@transaction.atomic
def deliver(*, review: Review, version: int, by: Actor, at: datetime) -> list[Finding]:
    """Once both sides have signed: every deduction is a finding with limit and confirmer, in one step."""
    journal.hold(review, "state")
    permissions.may_lead(by, review, states.ReviewState.REVIEWING).or_refuse()
    plan = plans.current(review)
    assert plan is not None and plan.sheet is not None  # noqa: S101, PT018  begun reviews have both
    if not plan.sheet.digest:
        raise OutOfTurn("请先召开末次会议，签字关闭评分表。", clause="quality-2015/4")
    if missing := rectifications.unsigned(plan):
        raise OutOfTurn(f"还缺签字：{'、'.join(missing)}。", clause="quality-2015/4")
    day = day_of(at)
    due = due_day(law.on(day)[rectifications.RECTIFY].limit, day, calendars.calendar())
    rows = _found(review, plan.sheet, due.day, at)
    with journal.writing(permissions.DELIVER, by=by, at=at, on=review) as w:
        w.move(review, states.DELIVER if rows else states.NO_FINDINGS)
        w.change(review, version=version, delivered_on=day, **(due_fields(due) if rows else {}))
        made = [put_down(w, review, hazard, item) for hazard, item in rows]
        outbox.announce(
            FindingsDelivered(review.pk, review.unit_id, review.number, due.day.isoformat() if rows else ""),
            at,
        )
    return made


def due_fields(due: Due) -> dict[str, Any]:
    return {"rectify_due": due.day, "due_provisional": due.provisional}


def put_down(w: journal.Writing, review: Review, hazard: Hazard, item: str) -> Finding:
    w.create(hazard)
    return w.create(Finding(review=review, hazard=hazard, item=item[:40]))


def _found(review: Review, sheet: Sheet, limit: date, at: datetime) -> list[tuple[Hazard, str]]:
    book = sheets.rulebook(sheet)
    seen = findings(book, sheets.answers(sheet))
    found = [
        hazards.Found(
            text=each.text,
            kind=HazardKind.HAZARD if each.mandatory else HazardKind.NONCONFORMITY,
            item=f"{sheet.rulebook.edition_id}#{each.line}",
            major=each.vetoed,
        )
        for each in seen
    ]
    rows = hazards.drafts(
        unit=review.unit,
        origin=Occasion.ONSITE_REVIEW,
        origin_key=review.pk,
        found=found,
        confirmer=review.body,
        limit=limit,
        at=at,
    )
    return [(row, book.line(each.line).item.number) for row, each in zip(rows, seen, strict=True)]
