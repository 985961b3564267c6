"""Plan a review: when, who; withdraw the plan; each member declares ties and accepts, or stands aside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from dabiao import law
from dabiao.base import outbox
from dabiao.base.clock import day_of
from dabiao.base.journal import entries as journal
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Invalid, OutOfTurn, Refused
from dabiao.people.models import Account
from dabiao.reviews.models import Member, MemberPlace, Plan, Review, Stint
from dabiao.reviews.permissions import plans as permissions
from dabiao.reviews.queries import conflicts
from dabiao.reviews.queries import plans as queries
from dabiao.reviews.rules import recusal, visits
from dabiao.reviews.rules.recusal import Declared
from dabiao.reviews.rules.visits import Span
from dabiao.reviews.services.drawing import moved_up
from dabiao.reviews.states import reviews as states


@dataclass(frozen=True, slots=True)
class ReviewPlanned:
    """News: the plan stands; members are asked, department and locality may follow."""

    review: int
    number: str
    starts_on: str


@dataclass(frozen=True, slots=True)
class MemberStoodAside:
    """News: a member declined or had to stand aside; the review unit plans anew."""

    review: int
    number: str
    name: str


@dataclass(frozen=True, slots=True)
class Planned:
    """What the review unit enters. Experts come from the draws, never by hand."""

    span: Span
    leader: Account
    reviewers: Sequence[Account]
    place: str


@dataclass(frozen=True, slots=True)
class Asked:
    account: Account
    place: MemberPlace


def make(*, review: Review, told: Planned, version: int, by: Actor, at: datetime) -> Plan:
    """Everybody is asked: qualified on each day, not tied to the unit, at no other visit."""
    permissions.may_plan(by, review).or_refuse()
    day = day_of(at)
    may_still(review, told.span.first)
    wrong = visits.faults(told.span, day) | ({} if told.place.strip() else {"place": "请写明集合地点。"})
    if wrong:
        raise Invalid("请补充标出的内容。", wrong)
    asked = _asked(review, told)
    _check_people(review, told.span, asked, day)
    plan = _drafted(review, told, by, at)
    try:
        with journal.writing(permissions.PLAN, by=by, at=at, on=review) as w:
            w.move(review, states.PLAN)
            w.change(review, version=version)
            w.create(plan)
            _put_down(w, plan, asked)
            outbox.announce(ReviewPlanned(review.pk, review.number, plan.starts_on.isoformat()), at)
    except IntegrityError as error:
        raise OutOfTurn("评审组成员刚被安排到其他评审，请核对日期后再提交。") from error
    return plan


def may_still(review: Review, first: date) -> None:
    """Separation and recognition are asked again at every assignment."""
    if found := conflicts.of_review(review, first):
        raise Refused(found[0], clause="quality-2015/3")
    if fault := conflicts.recognition(review, first):
        raise Refused(fault, clause="quality-2015/5")


def _asked(review: Review, told: Planned) -> list[Asked]:
    others = [each for each in told.reviewers if each.pk != told.leader.pk]
    experts = moved_up(review, told.span)
    return [
        Asked(told.leader, MemberPlace.LEADER),
        *(Asked(each, MemberPlace.REVIEWER) for each in others),
        *(Asked(each, MemberPlace.EXPERT) for each in experts),
    ]


def _check_people(review: Review, span: Span, asked: Sequence[Asked], day: date) -> None:
    on = law.on(span.first)
    least, most = on["review.team.least"].number, on["review.visits.daily"].number
    wrong = [] if len(asked) >= least else [f"评审组至少 {least} 人，现为 {len(asked)} 人。"]
    own = {each.pk for each in queries.candidates(review, day)}
    for each in asked:
        outside = each.place != MemberPlace.EXPERT and each.account.pk not in own
        wrong += [f"{each.account.name} 不是本评审单位的评审员。"] if outside else []
        wrong += [
            f"{each.account.name} 应当回避：{reason.fact}。"
            for reason in queries.recused(each.account, review, day)
        ]
    wrong += _unqualified(span, asked)
    people = {each.account.pk: each.account.name for each in asked}
    wrong += visits.clashes(span, people, queries.taken(people, span), most)
    if wrong:
        raise Invalid("".join(wrong), {"team": "".join(wrong)})


def _unqualified(span: Span, asked: Sequence[Asked]) -> list[str]:
    found = []
    for kind in ("reviewer", "expert"):
        people = {each.account.pk: each.account for each in asked if queries.KINDS[each.place] == kind}
        faults = queries.unqualified(people.values(), kind, span)
        found += [f"{people[key].name} {words}" for key, words in faults.items()]
    return found


def _drafted(review: Review, told: Planned, by: Actor, at: datetime) -> Plan:
    return Plan(
        review=review,
        edition=Plan.objects.filter(review=review).count() + 1,
        starts_on=told.span.first,
        ends_on=told.span.last,
        hours=told.span.hours,
        leader=told.leader,
        place=told.place.strip(),
        made_by_id=by.account or 0,
        made_at=at,
    )


def _put_down(w: journal.Writing, plan: Plan, asked: Sequence[Asked]) -> None:
    for each in asked:
        held = queries.qualification(each.account.pk, queries.KINDS[each.place], plan.starts_on)
        assert held is not None  # noqa: S101  asked before
        member = Member(plan=plan, account=each.account, place=each.place, certificate=held.number)
        member.specialties = held.specialties
        w.create(member)
        slots = plan.span.slots
        w.create_all([Stint(member=member, account=each.account, day=d, half=half) for d, half in slots])


@transaction.atomic
def withdraw(*, review: Review, reason: str, version: int, by: Actor, at: datetime) -> Plan:
    """The plan does not stand any more; the days are given back."""
    journal.hold(review, "state")
    permissions.may_replan(by, review).or_refuse()
    plan = queries.current(review)
    assert plan is not None  # noqa: S101  a planned review has one
    if not reason.strip():
        raise Invalid("请写明撤销理由。", {"reason": "请写明为什么调整计划。"})
    with journal.writing(permissions.REPLAN, by=by, at=at, on=review, note={"reason": reason.strip()}) as w:
        w.move(review, states.REPLAN)
        w.change(review, version=version)
        retire(w, plan, reason, at)
    return plan


def retire(w: journal.Writing, plan: Plan, why: str, at: datetime) -> None:
    """Take a plan out of force inside an act; the half-days that were not used are given back."""
    w.change(plan, version=plan.version, withdrawn_at=at, withdrawn_why=why.strip()[:300])
    for stint in Stint.objects.filter(member__plan=plan, day__gte=day_of(at)).order_by("pk"):
        w.remove(stint)


@transaction.atomic
def accept(*, member: Member, declared: Declared, by: Actor, at: datetime) -> Member:
    """Join, declaring that nothing stands against it; whoever declares a tie stands aside by that."""
    _as_it_stands(member)
    permissions.may_join(by, member).or_refuse()
    found = queries.recused(member.account, member.plan.review, day_of(at), declared)
    if found:
        words = "；".join(f"{recusal.TITLES[each.ground]}（{each.fact}）" for each in found)
        return _stood_aside(member, f"应当回避：{words}", declared, by, at)
    with journal.writing(permissions.ACCEPT, by=by, at=at, on=member) as w:
        return w.change(member, accepted_at=at, declaration=declared.plain())


def _as_it_stands(member: Member) -> None:
    """The plan cannot be withdrawn, nor a second answer given, while this one is."""
    journal.hold(member.plan, "withdrawn_at")
    member.refresh_from_db(fields=["accepted_at", "declined_at"])


@transaction.atomic
def decline(*, member: Member, reason: str, by: Actor, at: datetime) -> Member:
    _as_it_stands(member)
    permissions.may_join(by, member).or_refuse()
    if not reason.strip():
        raise Invalid("请写明不能参加的原因。", {"reason": "请写明不能参加的原因。"})
    return _stood_aside(member, reason.strip(), None, by, at)


def _stood_aside(member: Member, why: str, declared: Declared | None, by: Actor, at: datetime) -> Member:
    review = member.plan.review
    with journal.writing(permissions.DECLINE, by=by, at=at, on=member) as w:
        told: dict[str, Any] = {"declaration": declared.plain()} if declared else {}
        w.change(member, declined_at=at, declined_why=why[:300], **told)
        outbox.announce(MemberStoodAside(review.pk, review.number, member.account.name), at)
    return member
