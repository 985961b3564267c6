"""Reading namesakes: what waits for a person, what stands against a contract, what was said of it."""

from collections.abc import Sequence
from datetime import date

from django.db import models

from dabiao.kernel.limits import Suspension
from dabiao.people.models import Account
from dabiao.reviews.models import ContractKind, Namesake, Review, ServiceContract
from dabiao.reviews.queries import separation
from dabiao.reviews.states.contracts import ContractState


def waiting(bodies: Sequence[int]) -> "models.QuerySet[Namesake]":
    """Of reviews under these organizing units: nobody has said yet."""
    rows = Namesake.objects.filter(same=None, reviewing__case__organizing__in=bodies)
    gone = ContractState.DECLINED
    rows = rows.exclude(reviewing__state=gone).exclude(advice__state=gone)
    return rows.select_related("reviewing__unit").order_by("id")


def of_contract(contract: ServiceContract) -> list[Namesake]:
    """Of a review contract: those put down, and those that have come up since, not saved."""
    if contract.kind != ContractKind.REVIEW or contract.case is None:
        return []
    rows = Namesake.objects.filter(reviewing=contract).select_related("advice", "judged_by", "account")
    known = list(rows.order_by("id"))
    seen = {(row.advice_id, row.name, row.account_id) for row in known}
    cycle = contract.case.cycle
    found = [
        *separation.of_contract(contract, separation.cycle_of(cycle)),
        *separation.namesakes_of_people(contract, cycle),
    ]
    more = [each for each in found if each.name and (each.key, each.name, each.person) not in seen]
    advices = ServiceContract.objects.in_bulk([each.key for each in more])
    people = Account.objects.in_bulk([each.person for each in more if each.person is not None])
    return [
        *known,
        *(
            Namesake(
                reviewing=contract, advice=advices[each.key], name=each.name, account=people.get(each.person)
            )
            for each in more
        ),
    ]


def open_or_said(contract: ServiceContract, advice: int, name: str, person: int | None) -> Namesake | None:
    """`person`: the account, where it is asked of one person."""
    rows = of_contract(contract)
    asked = (advice, name, person)
    return next((row for row in rows if (row.advice_id, row.name, row.account_id) == asked), None)


def halts(review: Review) -> tuple[Suspension, ...]:
    """While a namesake stopped the review, its limits stood still."""
    rows = review.conflicts.all()
    spans = {(row.found_on, row.released_on) for row in rows if row.name and row.released_on}
    return tuple(sorted(spans, key=_began))


def _began(span: Suspension) -> date:
    return span[0]
