"""A conflict of consulting and review found late stops the review."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Model

from dabiao.base import outbox
from dabiao.base.clock import day_of
from dabiao.base.journal import entries as journal
from dabiao.kernel.actor import Actor
from dabiao.reviews.models import Conflict, ContractKind, Namesake, Review, ServiceContract
from dabiao.reviews.permissions import contracts as permissions
from dabiao.reviews.queries import separation
from dabiao.reviews.rules import separation as rules
from dabiao.reviews.states import reviews as states


@dataclass(frozen=True, slots=True)
class ConflictFound:
    """News: consulting and review of one unit in one cycle; the organizing unit is told."""

    review: int
    contract: int
    organizing: int
    stopped: bool


def stop_conflicting(*, contract: ServiceContract, by: Actor, at: datetime) -> list[Review]:
    """Ask again over all open and past reviews of the cycles that this contract counts in."""
    if contract.kind == ContractKind.REVIEW or (
        contract.kind == ContractKind.TRAINING and contract.consults is not True
    ):
        return []  # of a training a person says first whether it counts
    touched = separation.touched(contract.unit, contract)
    found = [(review, _with(review, contract, at)) for review in touched]
    return [
        stop(review=review, contract=contract, found=each, by=by, at=at) for review, each in found if each
    ]


def _with(review: Review, contract: ServiceContract, at: datetime) -> tuple[rules.Conflict, ...]:
    known = Conflict.objects.filter(review=review, contract=contract, released_on=None).exists()
    found = () if known else separation.conflicts(review, day_of(at))
    return tuple(each for each in found if each.key == contract.pk)


@transaction.atomic
def stop(
    *, review: Review, contract: ServiceContract, found: Collection[rules.Conflict], by: Actor, at: datetime
) -> Review:
    """Record the conflict with both records; a review that has not ended stops."""
    journal.hold(review, "state", "version")
    day, stood = day_of(at), review.state
    running = stood in states.STOPPABLE
    cited = list(separation.clauses(day))
    note = {"reason": "；".join(each.words for each in found)}
    with journal.writing(permissions.STOP, by=by, at=at, on=review, note=note) as w:
        for each in found:
            said = {"kind": each.kind, "words": each.words[:300], "clauses": cited}
            records = {"first": each.first[:200], "second": each.second[:200]}
            when = {"found_at": at, "found_on": day, "name": each.name}
            w.create(Conflict(review=review, contract=contract, **when, **said, **records))
        if running:
            w.move(review, states.STOP, version=review.version + 1, stopped_from=stood)
        outbox.announce(ConflictFound(review.pk, contract.pk, review.organizing_id, running), at)
    note_namesakes(found=found, on=review, by=by, at=at)
    return review


def note_namesakes(*, found: Collection[rules.Conflict], on: Model, by: Actor, at: datetime) -> None:
    """What is known by the name alone is put before the organizing unit, once."""
    told = (each for each in found if each.name and each.reviewing)
    asked = {(each.reviewing, each.key, each.name, each.person) for each in told}
    rows = Namesake.objects.filter(reviewing__in=[key for key, *_ in asked])
    asked -= set(rows.values_list("reviewing", "advice", "name", "account"))
    if not asked:
        return
    with journal.writing(permissions.ASK_NAMESAKE, by=by, at=at, on=on) as w:
        for reviewing, advice, name, person in sorted(asked, key=str):
            keys = {"reviewing_id": reviewing, "advice_id": advice, "account_id": person}
            w.create(Namesake(**keys, name=name, found_at=at))
