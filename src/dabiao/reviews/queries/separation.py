"""Separation asked of what is on file: contracts of the cycle, owners as given, people by their postings."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import models

from dabiao import law
from dabiao.base.clock import day_of
from dabiao.creation.models import Cycle as CycleRow
from dabiao.organisations.models import Unit
from dabiao.people.models import Account, Posting
from dabiao.reviews.models import ContractKind, Namesake, Review, ServiceContract
from dabiao.reviews.rules import separation as rules
from dabiao.reviews.rules.separation import Apart, Conflict, Cycle, Employed, Firm, Person, Service
from dabiao.reviews.states.contracts import ContractState


def clauses(day: date) -> tuple[str, ...]:
    """What a conflict rests on."""
    on = law.on(day)
    return (on["separation.scope"].clause, on["separation.consulting"].clause)


def conflicts(review: Review, day: date) -> tuple[Conflict, ...]:
    """Of a review that has begun: asked again at assignment, report, and when something comes to light."""
    signed = ServiceContract.objects.filter(
        case=review.case_id, body=review.body_id, kind=ContractKind.REVIEW
    )
    row = signed.exclude(state=ContractState.DECLINED).order_by("-id").first()
    return of_contract(row, cycle_of(review.case.cycle)) if row is not None else ()


def of_contract(contract: ServiceContract, cycle: Cycle) -> tuple[Conflict, ...]:
    """Of a review contract, signed or about to be."""
    others, unit = services(contract.unit_id), contract.unit_id
    reviewing = service(contract)
    return rules.conflicts(reviewing, others, _employed([reviewing, *others], unit), cycle, apart(unit))


def at_signing(row: ServiceContract, cycle: CycleRow) -> tuple[Conflict, ...]:
    """What a contract about to be signed meets; of a training a person says first whether it counts."""
    if row.kind == ContractKind.REVIEW:
        return of_contract(row, cycle_of(cycle))
    return against(row, cycle) if row.kind == ContractKind.CONSULTING else ()


def against(advice: ServiceContract, cycle: CycleRow) -> tuple[Conflict, ...]:
    """Of a contract about to be signed that advises: against the review contracts of the cycle."""
    if not service(advice).advises:
        return ()
    rows = ServiceContract.objects.filter(unit=advice.unit_id, kind=ContractKind.REVIEW, case__cycle=cycle)
    standing = rows.exclude(state=ContractState.DECLINED).order_by("id")
    span, adviser, told = cycle_of(cycle), service(advice), apart(advice.unit_id)
    found = [
        rules.conflicts(reviewing, [adviser], _employed([reviewing, adviser], advice.unit_id), span, told)
        for reviewing in map(service, standing)
    ]
    return tuple(each for some in found for each in some)


def conflicts_of(account: Account, review: Review, day: date) -> tuple[Conflict, ...]:
    """Of one person who is to review: employed by, or an owner of, a firm that advises in the cycle."""
    others = services(review.unit_id)
    numbers = account.qualifications.values_list("number", flat=True)
    person = Person(account.name, account.pk, next(iter(numbers), ""))
    cycle, employed = cycle_of(review.case.cycle), _employed(others, review.unit_id)
    here = Posting.objects.filter(account=account, body=review.body_id).exists()
    at = Firm(review.body.name, body=review.body_id) if here else None
    return rules.of_person(person, others, employed, cycle, apart=apart(review.unit_id), at=at)


def apart(unit: int) -> list[Apart]:
    """Who was found to be two persons of one name, at which two firms."""
    rows = Namesake.objects.filter(advice__unit=unit, same=False).select_related("reviewing", "advice")
    return [Apart(row.name, firm(row.reviewing), firm(row.advice)) for row in rows.order_by("id")]


def services(unit: int) -> list[Service]:
    """Every contract of a unit that was not declined, as a value."""
    rows = ServiceContract.objects.filter(unit=unit).exclude(state=ContractState.DECLINED)
    return [service(row) for row in rows.order_by("id")]


def service(row: ServiceContract) -> Service:
    record = f"{row.spoken} {row.get_kind_display()}合同（{row.firm}，{row.signed_on:%Y-%m-%d} 签订）"
    shape = (row.kind, firm(row), row.begins_on, row.ends_on, row.for_creation, row.consults)
    return Service(row.pk or 0, record, *shape)


def firm(row: ServiceContract) -> Firm:
    return Firm(row.firm, row.firm_code, row.body_id, row.legal_person, tuple(row.shareholders))


def cycle_of(row: CycleRow) -> Cycle:
    """The cycle with what came before it: a contract declared for creation may be older than the cycle."""
    earlier = CycleRow.objects.filter(unit=row.unit_id, opened_at__lt=row.opened_at).exclude(closed_at=None)
    last = earlier.order_by("-closed_at").values_list("closed_at", flat=True).first()
    until = day_of(row.closed_at) if row.closed_at else None
    return Cycle(day_of(row.opened_at), until, day_of(last) if last else None)


def touched(unit: Unit, contract: ServiceContract) -> "models.QuerySet[Review]":
    """Reviews, open and past, of the cycles that a contract counts in."""
    advice = service(contract)
    rows = CycleRow.objects.filter(unit=unit)
    keys = [row.pk for row in rows if rules.counts(advice, cycle_of(row))]
    found = Review.objects.filter(unit=unit, case__cycle__in=keys)
    return found.select_related("case__cycle", "unit", "body", "organizing").order_by("id")


def _employed(found: Sequence[Service], unit: int) -> list[Employed]:
    """By postings where the firm is on file, and as the contracts name them."""
    return [*_posted([each.firm for each in found]), *_named(unit)]


def _posted(firms: Iterable[Firm]) -> list[Employed]:
    by_body = {each.body: each for each in firms if each.body is not None}
    rows = Posting.objects.filter(body__in=by_body).select_related("account").order_by("id")
    return [
        Employed(
            Person(row.account.name, row.account_id),
            by_body[row.body_id or 0],
            row.since,
            row.until,
            f"{row.account.name} 自 {row.since:%Y-%m-%d} 起任职于{by_body[row.body_id or 0].name}",
        )
        for row in rows
    ]


def _named(unit: int) -> list[Employed]:
    rows = ServiceContract.objects.filter(unit=unit).exclude(state=ContractState.DECLINED)
    return [
        Employed(
            Person(each["name"], None, each.get("number", "")),
            firm(row),
            row.begins_on,
            date.fromordinal(row.ends_on.toordinal() + 1) if row.ends_on else None,
            f"{row.spoken} 列明的服务人员 {each['name']}",
        )
        for row in rows.order_by("id")
        for each in row.staff
    ]
