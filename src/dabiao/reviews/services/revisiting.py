"""The follow-up visit: arranged by the review unit, its sheet signed, concluded by it, or called off."""

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
from dabiao.reviews.models import Review, Revisit, Revisited, RevisitOutcome
from dabiao.reviews.permissions import followups as permissions
from dabiao.reviews.queries import followups as queries
from dabiao.reviews.queries import plans, visits
from dabiao.reviews.rules.checks import meaning
from dabiao.reviews.services import revisited
from dabiao.reviews.services.checks import check_signed
from dabiao.reviews.services.plans import may_still
from dabiao.reviews.services.visiting import FURTHEST, TEAM_SIDE
from dabiao.reviews.states import followups as states
from dabiao.sheets import queries as sheets
from dabiao.sheets.models import Occasion, Sheet
from dabiao.sheets.services import abandoning, closing, opening


@dataclass(frozen=True, slots=True)
class Going:
    """When, led by whom, with whom."""

    day: date
    lead: Account
    others: Sequence[Account] = ()


@transaction.atomic
def arrange(*, review: Review, told: Going, by: Actor, at: datetime) -> Revisit:
    """Everything is asked of the visit day; its sheet stands on the edition of today (house/rulebook)."""
    journal.hold(review, "state", "version")
    owed, under_way = queries.of(review), queries.open_one(review) is not None
    permissions.may_arrange(by, review, owed, under_way=under_way).or_refuse()
    people = [told.lead, *(each for each in told.others if each.pk != told.lead.pk)]
    _check_people(review, people, told.day, at)
    looking = revisited.look_at(review=review, by=by, at=at)
    sheet = opening.open_sheet(
        occasion=Occasion.FOLLOW_UP_VISIT,
        unit=review.unit,
        rulebook=looking.rulebook,
        lead=told.lead,
        writers=people,
        by=by,
        at=at,
    )
    visit = Revisit(
        review=review,
        turn=review.revisits.count() + 1,
        visit_on=told.day,
        sheet=sheet,
        lead=told.lead,
        visitors=queries.visitors(people),
        left_out=looking.left_out,
        state=states.RevisitState.OPEN,
        begun_at=at,
    )
    with journal.writing(permissions.ARRANGE, by=by, at=at, on=review) as w:
        w.create(visit)
        w.create_all([Revisited(visit=visit, finding=each, line=line) for each, line in looking.covers])
    return visit


def _check_people(review: Review, people: Sequence[Account], day: date, at: datetime) -> None:
    """Reviewers of the review unit, qualified on the day, tied to nobody."""
    today = day_of(at)
    if not today <= day <= date.fromordinal(today.toordinal() + FURTHEST):
        raise Invalid("请核对日期。", {"day": f"日期不能早于今天，也不能晚于 {FURTHEST} 天之后。"})
    may_still(review, day)
    wrong = visits.unqualified(review.body_id, people, day)
    for each in people:
        wrong += [f"{each.name}应当回避：{one.fact}。" for one in plans.recused(each, review, today)]
    if wrong:
        raise Invalid("这些人员不能参加：" + "".join(wrong), {"others": "".join(wrong)})


@transaction.atomic
def close(*, visit: Revisit, remark: str, by: Actor, at: datetime) -> Sheet:
    """The lead closes and signs the sheet in the office, once they were there; the unit signs after."""
    _held(visit)
    permissions.may_close(by, visit).or_refuse()
    if day_of(at) < visit.visit_on:
        raise OutOfTurn(f"回访定于 {visit.visit_on:%Y-%m-%d}，到场之后才能签字关闭。", clause=permissions.Q4)
    _qualified(visit)
    return closing.close_sheet(sheet=visit.sheet_id, by=by, at=at, side=TEAM_SIDE, remark=remark)


def _held(visit: Revisit) -> None:
    """Both rows read anew, the review's first as everywhere: the page may be older than a colleague's act."""
    journal.hold(visit.review, "state", "version")
    visit.refresh_from_db(fields=["state", "version", "sheet"])


def _qualified(visit: Revisit) -> None:
    if wrong := queries.unqualified(visit, visit.visit_on):
        raise Refused("".join(wrong), clause="quality-2015/5")


@transaction.atomic
def conclude(*, visit: Revisit, words: str, majors: Sequence[str], by: Actor, at: datetime) -> Revisit:
    """As the sheet says. What loses points becomes a hazard; `majors` are the lines of major ones.

    It is a record: neither grading nor certificate is moved by it.
    """
    _held(visit)
    permissions.may_conclude(by, visit).or_refuse()
    check_signed(visit.sheet, "回访表")
    _qualified(visit)
    if not words.strip():
        raise Invalid("请写明回访结论。", {"words": "请写明现场回访的情况和结论。"})
    found = revisited.found(visit.sheet, majors)
    answers = sheets.answers(visit.sheet)
    with journal.writing(permissions.CONCLUDE, by=by, at=at, on=visit.review) as w:
        for row in queries.covers(visit):
            said = meaning(answers[row.line])
            outcome = RevisitOutcome.KEPT if said.confirmed else RevisitOutcome.AGAIN
            w.change(row, outcome=outcome, words=said.words)
        ended = {"ended_at": at, "ended_on": day_of(at), "words": words.strip()}
        w.move(visit, states.CONCLUDE, version=visit.version + 1, **ended)
        _meet(w, visit, at)
    revisited.put_down(visit=visit, rows=found, by=by, at=at)
    return visit


def _meet(w: journal.Writing, visit: Revisit, at: datetime) -> None:
    """With the last visit owed, nothing is owed any more."""
    owed = queries.of(visit.review)
    open_ = owed is not None and owed.state == states.FollowUpState.OWED
    if owed is not None and open_ and queries.concluded(visit.review) >= owed.count:
        w.move(owed, states.MEET, version=owed.version + 1, ended_on=day_of(at))


@transaction.atomic
def call_off(*, visit: Revisit, reason: str, by: Actor, at: datetime) -> Revisit:
    """Nothing follows from it; what is owed stays owed."""
    _held(visit)
    permissions.may_call_off(by, visit).or_refuse()
    if not reason.strip():
        raise Invalid("请写明取消的原因。", {"reason": "请写明取消的原因。"})
    return end(visit=visit, act=permissions.CALL_OFF, why=reason, by=by, at=at)


def end(*, visit: Revisit, act: Act, why: str, by: Actor, at: datetime) -> Revisit:
    """As part of an act that has asked; the sheet, unless signed, is written on no more."""
    note: dict[str, Any] = {"reason": why.strip()}
    with journal.writing(act, by=by, at=at, on=visit.review, note=note) as w:
        told = {"ended_at": at, "ended_on": day_of(at), "ended_why": why.strip()[:300]}
        w.move(visit, states.CALL_OFF, version=visit.version + 1, **told)
    abandoning.abandon_sheet(sheet=visit.sheet_id, by=by, at=at)
    return visit
