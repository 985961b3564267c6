"""An expert who shares a name with an adviser's staff stays away until a person says that they are two."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

import snapshots
from dabiao.base.journal.replay import compare
from dabiao.kernel.actor import TIME
from dabiao.kernel.errors import Invalid, OutOfTurn
from dabiao.kernel.roles import Role
from dabiao.people import services as people
from dabiao.people.services.qualifications import Filed, file_qualification
from dabiao.reviews.models import Conflict, Namesake, Review, ServiceContract
from dabiao.reviews.queries import namesakes as queries
from dabiao.reviews.queries import plans, separation
from dabiao.reviews.services import meetings, namesakes
from dabiao.reviews.services import plans as services
from dabiao.reviews.states.reviews import ReviewState
from reviews.engaging import cleared, consulting_told, entered
from reviews.placing import CLEARED, HELD, OPENED, Placed
from world import AT, PASSWORD, SINCE, build

pytestmark = [pytest.mark.django_db, pytest.mark.obligation("Q3-separation")]
WHY = "核对身份证件，两人出生年月不同"
NAME = "示例expert"
ON_SITE = datetime(2026, 4, 8, 6, tzinfo=UTC)


def from_nothing() -> Placed:
    """A review past its gate, under contract; a second reviewer, an expert."""
    world = build()
    review = cleared(world)
    second = people.open_account(login="second", name="示例second", password=PASSWORD, by=TIME, at=AT)
    body = world.bodies["review_unit"]
    people.give_posting(account=second, role=Role.REVIEWER, body=body, since=SINCE, by=TIME, at=AT)
    lead = world.actor("organizer_lead")
    for n, (kind, account) in enumerate((("reviewer", second), ("expert", world.accounts["expert"]))):
        told = Filed(kind, f"示例资{n}", ("机械", "电气"), SINCE, date(2029, 1, 1))
        file_qualification(account=account, told=told, by=lead, at=AT)
    return Placed(world, review.pk, second.pk)


@pytest.fixture
def placed(db: None) -> Placed:
    return snapshots.laid(from_nothing)


def advice(placed: Placed, at: datetime = CLEARED, **more: Any) -> ServiceContract:
    told = {"body": None, "firm": "示例咨询", "legal_person": "示例乙", "staff": ((NAME, ""),), **more}
    return entered(placed.world, consulting_told(placed.world, **told), at=at)


def judged(placed: Placed, *, same: bool = False, at: datetime = CLEARED) -> Namesake:
    contract = ServiceContract.objects.get(case=placed.review.case)
    [row] = queries.of_contract(contract)
    said = {"advice": row.advice_id, "name": row.name, "account": row.account_id, "same": same, "why": WHY}
    return namesakes.judge(contract=contract, by=placed.world.actor("organizer"), at=at, **said)


def test_nobody_is_drawn_before_it_is_said_and_the_refusal_tells_whom_to_ask(placed: Placed) -> None:
    advice(placed)
    assert placed.review.state == ReviewState.CLEARED, "an expert who has not joined stops nothing"
    with pytest.raises(Invalid, match="另有 1 名因与咨询机构人员重名没有列入，可以请评审组织单位"):
        placed.drawn()
    row = judged(placed)
    assert (row.account, row.name, row.same) == (placed.account("expert"), NAME, False)
    placed.drawn()
    plan = placed.planned()
    assert [each.account.name for each in plans.members(plan)][-1] == NAME
    placed.accepted("reviewer", "second", "expert")
    assert not compare().findings.listed


def test_an_owner_of_the_adviser_by_name_alone_is_told_apart_too(placed: Placed) -> None:
    advice(placed, staff=(), legal_person=NAME)
    with pytest.raises(Invalid, match="另有 1 名"):
        placed.drawn()
    judged(placed)
    assert placed.drawn().keys == ["示例资1"]


def test_found_to_be_one_person_the_expert_stays_away(placed: Placed) -> None:
    advice(placed)
    judged(placed, same=True)
    with pytest.raises(Invalid, match="现有 0 名"):
        placed.drawn()


def test_a_number_that_is_the_experts_own_is_no_mere_name(placed: Placed) -> None:
    advice(placed, staff=((NAME, "示例资1"),))
    with pytest.raises(Invalid, match=r"现有 0 名专家可以抽取。$"):
        placed.drawn()
    assert queries.of_contract(ServiceContract.objects.get(case=placed.review.case)) == []


def test_who_is_left_out_of_a_list_is_put_before_the_organizing_unit(placed: Placed) -> None:
    other = people.open_account(login="other", name="示例另一专家", password=PASSWORD, by=TIME, at=AT)
    told = Filed("expert", "示例资9", ("机械",), SINCE, date(2029, 1, 1))
    file_qualification(account=other, told=told, by=placed.world.actor("organizer_lead"), at=AT)
    advice(placed)
    row = placed.drawn()
    assert [each["name"] for each in row.left_out] == [NAME]
    assert "是否同一人由评审组织单位认定" in row.left_out[0]["why"]
    [asked] = queries.waiting([placed.world.bodies["organizing"].pk])
    assert asked.account == placed.account("expert")
    assert not compare().findings.listed


def test_found_after_the_draw_the_plan_goes_on_without_and_the_visit_does_not_begin_with(
    placed: Placed,
) -> None:
    placed.drawn()
    plan = placed.planned()
    placed.accepted("reviewer", "second", "expert")
    advice(placed)
    review = placed.review
    with pytest.raises(OutOfTurn, match=f"{NAME}应当回避，请先调整评审组"):
        meetings.begin(
            review=review, told=HELD, version=review.version, by=placed.actor("reviewer"), at=OPENED
        )
    assert Review.objects.get(pk=review.pk).state == ReviewState.PLANNED
    by, why = placed.actor("review_admin"), "专家应当回避"
    services.withdraw(review=placed.review, reason=why, version=placed.review.version, by=by, at=CLEARED)
    again = placed.planned()
    assert [each.account.name for each in plans.members(again)] == ["示例reviewer", "示例second"]
    assert plan.pk != again.pk


def test_found_on_site_the_review_stops_and_goes_on_once_they_are_two(placed: Placed) -> None:
    placed.drawn()
    placed.planned()
    placed.accepted("reviewer", "second", "expert")
    review = placed.review
    meetings.begin(review=review, told=HELD, version=review.version, by=placed.actor("reviewer"), at=OPENED)
    advice(placed, at=ON_SITE)
    assert (placed.review.state, placed.review.stopped_from) == (ReviewState.STOPPED, ReviewState.REVIEWING)
    conflict = Conflict.objects.get()
    assert (conflict.name, bool(conflict.first and conflict.second)) == (NAME, True)
    judged(placed, at=ON_SITE)
    assert placed.review.state == ReviewState.REVIEWING
    assert separation.conflicts(placed.review, ON_SITE.date()) == ()
    assert not compare().findings.listed
