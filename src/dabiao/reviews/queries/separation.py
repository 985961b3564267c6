"""Separation asked of what is on file: contracts of the cycle, owners as given, people by their postings."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from django.db import models

from dabiao import law
from dabiao.base.clock import day_of
from dabiao.creation.models import Cycle as CycleRow
from dabiao.kernel.roles import Role
from dabiao.organisations.models import Body, Unit
from dabiao.people.models import Account, Posting, Qualification
from dabiao.reviews.models import ContractKind, Member, MemberPlace, Namesake, Review, ServiceContract
from dabiao.reviews.rules import separation as rules
from dabiao.reviews.rules.separation import Apart, Conflict, Cycle, Employed, Firm, Person, Service
from dabiao.reviews.states.contracts import ContractState


def clauses(day: date) -> tuple[str, ...]:
    """What a conflict rests on."""
    on = law.on(day)
    return (on["separation.scope"].clause, on["separation.consulting"].clause)


def conflicts(review: Review, day: date) -> tuple[Conflict, ...]:
    """Of a review that has begun: asked again at assignment, report, and when something comes to light."""
    row = _signed(review)
    found = of_contract(row, cycle_of(review.case.cycle)) if row is not None else ()
    return (*found, *_of_experts(review, day))


def _signed(review: Review) -> ServiceContract | None:
    """The contract the review rests on."""
    rows = ServiceContract.objects.filter(case=review.case_id, body=review.body_id, kind=ContractKind.REVIEW)
    return rows.exclude(state=ContractState.DECLINED).order_by("-id").first()


def _of_experts(review: Review, day: date) -> tuple[Conflict, ...]:
    """Of those who have joined a review on site without being of the review unit. Before it begins the plan
    is changed instead, and nothing has to stop."""
    rows = Member.objects.filter(plan__review=review, plan__withdrawn_at=None, place=MemberPlace.EXPERT)
    joined = rows.exclude(plan__sheet=None).exclude(accepted_at=None).select_related("account").order_by("id")
    found = [conflicts_of(each.account, review, day) for each in joined]
    return tuple(each for some in found for each in some)


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
    found = _of_account(account, review.unit_id, review.body, review.case.cycle)
    row = _signed(review) if found else None
    return tuple(replace(each, reviewing=row.pk) for each in found) if row is not None else found


def _of_account(account: Account, unit: int, body: Body, cycle: CycleRow) -> tuple[Conflict, ...]:
    return of_each([account], unit, body, cycle)[account.pk]


def of_each(
    people: Sequence[Account], unit: int, body: Body, cycle: CycleRow
) -> dict[int, tuple[Conflict, ...]]:
    """By account, what ties each to a firm that advises in the cycle; as many queries for many as for one."""
    keys = [each.pk for each in people]
    rows = Qualification.objects.filter(account__in=keys).order_by("-id")
    numbers = dict(rows.values_list("account", "number"))
    here = set(Posting.objects.filter(account__in=keys, body=body).values_list("account", flat=True))
    others, span, firm_ = services(unit), cycle_of(cycle), Firm(body.name, body=body.pk)
    employed, told = _employed(others, unit), apart(unit)
    return {
        each.pk: rules.of_person(
            Person(each.name, each.pk, numbers.get(each.pk, "")),
            others,
            employed,
            span,
            apart=told,
            at=firm_ if each.pk in here else None,
        )
        for each in people
    }


def namesakes_of_people(contract: ServiceContract, cycle: CycleRow) -> tuple[Conflict, ...]:
    """Of a review contract: experts, and its firm's reviewers, whom nothing but a name ties to an adviser."""
    if contract.body is None:
        return ()
    advising = rules.advising(services(contract.unit_id), cycle_of(cycle))
    keys = [each.key for each in advising]
    names = _names(ServiceContract.objects.filter(pk__in=keys))
    mine = models.Q(qualifications__kind="expert") | models.Q(
        postings__body=contract.body_id, postings__role=Role.REVIEWER
    )
    people = Account.objects.filter(mine, name__in=names, is_active=True).distinct() if names else ()
    found = [_of_account(each, contract.unit_id, contract.body, cycle) for each in people]
    return tuple(replace(each, reviewing=contract.pk) for some in found for each in some if each.name)


def _names(rows: Iterable[ServiceContract]) -> set[str]:
    """Of the staff and the owners of firms, as their contracts name them."""
    told: set[str] = set()
    for row in rows:
        told |= {each["name"] for each in row.staff} | {row.legal_person, *row.shareholders}
    return told - {""}


def apart(unit: int) -> list[Apart]:
    """Who was found to be two persons of one name, at which two firms."""
    rows = Namesake.objects.filter(advice__unit=unit, same=False).select_related("reviewing", "advice")
    return [
        Apart(row.name, firm(row.reviewing), firm(row.advice), row.account_id) for row in rows.order_by("id")
    ]


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
