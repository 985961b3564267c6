"""Contracts of a case: the review unit is engaged and confirms, departments are told; others advise."""

from datetime import date, datetime, timedelta
from typing import Any

from dabiao.base.clock import day_of
from dabiao.demo.stories.walk import Walk
from dabiao.demo.words.reading import reviews as words
from dabiao.kernel.roles import Role
from dabiao.organisations.models import Body
from dabiao.reviews.models import ContractKind, Notice, ServiceContract
from dabiao.reviews.services import contracts, ending, engaging
from dabiao.reviews.services.contracts import Told

LATE = timedelta(days=45)  # how long a contract that comes to light late had been kept back


def sign(walk: Walk, at: datetime) -> None:
    """With the review unit chosen."""
    _enter(walk, _told(ContractKind.REVIEW, walk.body, day_of(at)), at)


def confirm(walk: Walk, at: datetime) -> None:
    row = ServiceContract.objects.select_related("case__cycle", "unit__industry", "body").get(
        case=walk.case, kind=ContractKind.REVIEW
    )
    engaging.confirm(contract=row, version=row.version, by=walk.act(walk.admin), at=at)


def notify(walk: Walk, at: datetime) -> None:
    engaging.notify(review=walk.review, by=walk.act(walk.admin), at=at)


def acknowledge(walk: Walk, at: datetime) -> None:
    """Those who were told say that they know, where they have a login that is shown."""
    for notice in Notice.objects.filter(review=walk.review).select_related("review", "to").order_by("id"):
        role = Role.LOCALITY if notice.to_id == walk.review.locality_id else Role.INDUSTRY_DISTRICT
        if notice.to_id == walk.home.cast.body(str(role)).pk:
            engaging.acknowledge(notice=notice, remark=words()["known"], by=walk.act(str(role)), at=at)


def advise(walk: Walk, at: datetime) -> None:
    """Another firm, which is not on file here, helps with the creation."""
    _enter(walk, _told(ContractKind.CONSULTING, None, day_of(at), **words()["adviser"]), at)


def train(walk: Walk, at: datetime) -> None:
    """The organizing unit trains, at a price that is listed."""
    body = walk.home.cast.body(str(Role.ORGANIZER))
    _enter(walk, _told(ContractKind.TRAINING, body, day_of(at), **words()["training"]), at)


def confess(walk: Walk, at: datetime) -> None:
    """The review unit had advised before: entered late, it stops the review."""
    signed = day_of(at - LATE)
    _enter(walk, _told(ContractKind.CONSULTING, walk.body, signed, **words()["confessed"]), at)


def end(walk: Walk, at: datetime) -> None:
    """The organizing unit's leader ends what was stopped."""
    review, by = walk.review, walk.act(str(Role.ORGANIZER_LEAD))
    ending.end(review=review, why=words()["ended"], version=review.version, by=by, at=at)


def _told(kind: str, body: Body | None, day: date, **more: Any) -> Told:
    said = {"scope": words()["scope"], "fee": words()["fee"], "firm_signer": words()["signer"], **more}
    return Told(
        kind=kind, signed_on=day, begins_on=day, unit_signer=words()["unit_signer"], body=body, **said
    )


def _enter(walk: Walk, told: Told, at: datetime) -> None:
    taken = walk.home.take(words()["paper"], at, "contract")
    contracts.enter(unit=walk.home.unit, told=told, taken=taken, by=walk.officer, at=at)
