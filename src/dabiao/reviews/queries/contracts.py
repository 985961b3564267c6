"""Reading service contracts and the notices about them."""

from collections.abc import Sequence

from django.db import models

from dabiao.base import statements
from dabiao.creation.queries.cases import posted
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Absent
from dabiao.kernel.roles import Role
from dabiao.organisations.models import Body, BodyKind, Unit
from dabiao.reviews.models import ContractKind, Notice, Review, ServiceContract
from dabiao.reviews.states.contracts import ContractState
from dabiao.reviews.states.reviews import ReviewState

SHOWN = ("unit", "jurisdiction", "case__cycle", "body", "file", "entered_by", "confirmed_by", "judged_by")


def visible(actor: Actor, key: int) -> ServiceContract:
    """The contract, if it exists for this person."""
    rows = ServiceContract.objects.visible_to(actor).select_related(*SHOWN)
    found = statements.by_key(rows, key)
    if found is None:
        raise Absent
    return found


def to_confirm(actor: Actor) -> "models.QuerySet[ServiceContract]":
    """Contracts that wait for this person's firm."""
    bodies = posted(actor, Role.REVIEW_ADMIN, Role.ORGANIZER_LEAD)
    rows = ServiceContract.objects.filter(body__in=bodies, state=ContractState.ENTERED)
    return rows.select_related("unit").order_by("id")


def to_judge() -> "models.QuerySet[ServiceContract]":
    """Trainings of which nobody has said yet whether they count as consulting."""
    rows = ServiceContract.objects.filter(kind=ContractKind.TRAINING, consults=None)
    return rows.exclude(state=ContractState.DECLINED).select_related("unit").order_by("id")


def of_case(case: int, *states: ContractState) -> "models.QuerySet[ServiceContract]":
    rows = ServiceContract.objects.filter(case=case, kind=ContractKind.REVIEW)
    return rows.filter(state__in=states) if states else rows


def told(unit: Unit) -> dict[str, Body]:
    """Who is to be told of a review contract (law contract.notice): id of law -> body."""
    return {"industry_district": district_department(unit), "locality": unit.locality}


def district_department(unit: Unit) -> Body:
    """The unit's own department where it is the district's; else the district's bureau, else its own."""
    if unit.department.jurisdiction_id is not None:
        return unit.department
    rows = Body.objects.filter(kind=BodyKind.BUREAU, jurisdiction=unit.jurisdiction_id, until=None)
    return rows.order_by("id").first() or unit.department


def unacknowledged(bodies: Sequence[int]) -> "models.QuerySet[Notice]":
    """Of reviews that go on: what has ended need not be known any more."""
    rows = Notice.objects.filter(to__in=bodies, acknowledged_at=None).exclude(
        review__state=ReviewState.CLOSED
    )
    return rows.select_related("review__unit", "review__body").order_by("id")


def notified(review: Review) -> bool:
    return Notice.objects.filter(review=review).exists()
