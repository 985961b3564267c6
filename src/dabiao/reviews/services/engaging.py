"""The review unit confirms: the review opens; the departments are told of it, or nothing begins."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from dabiao import law
from dabiao.base import calendars, outbox, serials
from dabiao.base.clock import day_of
from dabiao.base.journal import entries as journal
from dabiao.creation.models import Case
from dabiao.creation.services.cases import concluding
from dabiao.creation.states.cases import CaseState
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Invalid, OutOfTurn, Refused
from dabiao.organisations.models import Body
from dabiao.reviews.models import ContractKind, Notice, Review, ServiceContract
from dabiao.reviews.permissions import contracts as permissions
from dabiao.reviews.queries import contracts as queries
from dabiao.reviews.queries import recognitions, reviews, separation
from dabiao.reviews.services import contracts
from dabiao.reviews.states import contracts as states
from dabiao.reviews.states.reviews import ReviewState
from dabiao.standards.services import rulebooks


@dataclass(frozen=True, slots=True)
class ReviewOpened:
    """News: a review unit is engaged; the initial visit runs from this day."""

    review: int
    case: int
    body: int
    day: str


@dataclass(frozen=True, slots=True)
class ContractNotified:
    """News: the departments are told of a review contract."""

    review: int
    to: list[int]


def confirm(*, contract: ServiceContract, version: int, by: Actor, at: datetime) -> ServiceContract:
    """The firm agrees. A review contract is asked everything again on this day, and opens the review."""
    permissions.may_confirm(by, contract).or_refuse()
    with transaction.atomic():
        if contract.case is not None:
            _gate(contract, at)
        with journal.writing(permissions.CONFIRM, by=by, at=at, on=contract) as w:
            w.move(contract, states.CONFIRM)
            w.change(contract, version=version, confirmed_by_id=by.account, confirmed_at=at)
        if contract.case is not None:
            open_review(contract=contract, by=by, at=at)
    return contract


def _gate(contract: ServiceContract, at: datetime) -> None:
    case, body, day = contract.case, contract.body, day_of(at)
    assert case is not None  # noqa: S101  of a review contract
    assert body is not None  # noqa: S101  of a review contract
    journal.hold(case)
    case.refresh_from_db(fields=["state"])
    if case.state != CaseState.ACCEPTED or reviews.of_case(case.pk) is not None:
        raise OutOfTurn("申报件不在待签评审合同的阶段，或者已有评审在进行。", clause="uplift/8")
    if words := recognitions.fault(body, contract.unit, case.level, day):
        raise Refused(words, clause=recognitions.CLAUSE)
    if found := separation.of_contract(contract, separation.cycle_of(case.cycle)):
        raise Refused(contracts.said(found[0]), clause=separation.clauses(day)[0])


def open_review(*, contract: ServiceContract, by: Actor, at: datetime) -> Review:
    """Keys are stamped from the case; all sheets go by the rulebook of the day of acceptance."""
    case, day = contract.case, day_of(at)
    if (
        contract.kind != ContractKind.REVIEW
        or case is None
        or contract.state != states.ContractState.IN_FORCE
    ):
        raise OutOfTurn("评审合同生效后才能立项。", clause="uplift/8")
    assert case.accepted_on is not None  # noqa: S101  an accepted case
    book = rulebooks.open(
        edition=case.edition, day=case.accepted_on, areas=case.unit.areas, level=case.level, by=by, at=at
    )
    review = Review(
        number=f"PS{day.year}{serials.following(f'review:{day.year}'):05d}",
        case=case,
        unit_id=case.unit_id,
        jurisdiction_id=case.jurisdiction_id,
        locality_id=case.locality_id,
        department_id=case.department_id,
        organizing_id=case.organizing_id,
        body_id=contract.body_id or 0,
        level=case.level,
        rulebook=book,
        state=ReviewState.ENGAGED,
        opened_at=at,
        contracted_on=day,
    )
    with journal.writing(permissions.OPEN, by=by, at=at, on=review) as w:
        w.create(review)
        outbox.announce(ReviewOpened(review.pk, case.pk, review.body_id, day.isoformat()), at)
    return review


@transaction.atomic
def notify(*, review: Review, by: Actor, at: datetime) -> list[Notice]:
    """Tell the district's industry department and the locality; without it no visit begins (uplift/8)."""
    journal.hold(review, "state")
    permissions.may_notify(by, review, sent=queries.notified(review)).or_refuse()
    told = _told(review, day_of(at))
    with journal.writing(permissions.NOTIFY, by=by, at=at, on=review) as w:
        made = w.create_all(
            Notice(review=review, to=each, sent_by_id=by.account or 0, sent_at=at, sent_on=day_of(at))
            for each in told
        )
        outbox.announce(ContractNotified(review.pk, [each.to_id for each in made]), at)
    return made


def _told(review: Review, day: date) -> list[Body]:
    """Whom the law names, each once."""
    known = queries.told(review.unit)
    bodies = {known[str(each)].pk: known[str(each)] for each in law.on(day)["contract.notice"].items}
    return list(bodies.values())


@transaction.atomic
def acknowledge(*, notice: Notice, remark: str, by: Actor, at: datetime) -> Notice:
    journal.hold(notice, "acknowledged_at")
    permissions.may_acknowledge(by, notice).or_refuse()
    with journal.writing(permissions.ACKNOWLEDGE, by=by, at=at, on=notice.review) as w:
        said = remark.strip()[:300]
        return w.change(notice, remark=said, acknowledged_by_id=by.account, acknowledged_at=at)


def lapse(*, case: Case, why: str, by: Actor, at: datetime) -> Case:
    """Nobody was engaged in time: the leader closes the case, which starts no bar (law contract.limit)."""
    clock = reviews.contract_clock(case, day_of(at), calendars.calendar())
    passed = clock is not None and clock.state.may_close
    permissions.may_lapse(by, case, passed=passed).or_refuse()
    if not why.strip():
        raise Invalid("请写明理由。", {"why": "请写明催办的情况和终止的理由。"})
    with transaction.atomic():
        journal.hold(case)
        if reviews.of_case(case.pk) is not None:
            raise OutOfTurn("企业刚刚签订了评审合同。", clause=permissions.LAPSE.clause)
        with journal.writing(permissions.LAPSE, by=by, at=at, on=case, note={"reason": why.strip()}):
            pass
        return concluding.conclude(case=case, outcome=CaseState.CLOSED, why=why.strip(), by=by, at=at)
