"""How long there is to sign a review contract, as a light in the list of cases; namesakes told apart."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dabiao.reviews.models import Namesake, ServiceContract
from reviews.engaging import SIGNED, accepted, confirmed, consulting_told, entered, review_told
from world import World

pytestmark = pytest.mark.django_db
CASES = "/office/cases/"
SignedIn = Callable[[str], Client]
Clock = Callable[[datetime], None]


def light(page: str) -> str:
    """The light of the one case in the list, and its words."""
    found = re.search(r'data-label="期限">(.*?)</td>', page, re.DOTALL)
    assert found
    return re.sub(r"\s+", " ", found[1])


@pytest.mark.obligation("U11-time-limits")
@pytest.mark.parametrize(
    ("day", "told"),
    [
        (datetime(2026, 3, 27, 4, tzinfo=UTC), ("green", "还剩")),
        (datetime(2026, 5, 8, 4, tzinfo=UTC), ("amber", "还剩")),
        (datetime(2026, 6, 1, 4, tzinfo=UTC), ("red", "逾期")),
    ],
)
def test_the_limit_of_the_contract_is_a_light_in_the_list_and_among_what_is_to_do(
    world: World, signed_in: SignedIn, clock: Clock, day: datetime, told: tuple[str, str]
) -> None:
    accepted(world)
    clock(day)
    colour, words = told
    for who in ("officer", "organizer", "industry_district"):
        shown = light(signed_in(who).get(CASES).content.decode())
        assert f"limit-{colour}" in shown
        assert words in shown
    todo = signed_in("officer").get("/office/").content.decode()
    assert "签订评审合同" in todo
    assert f"limit-{colour}" in todo


def test_who_has_signed_has_no_limit_to_sign(world: World, signed_in: SignedIn, clock: Clock) -> None:
    accepted(world)
    clock(SIGNED)
    officer = signed_in("officer")
    with CaptureQueriesContext(
        connection,
    ) as before:
        officer.get(CASES)
    confirmed(world, entered(world, review_told(world)))
    with CaptureQueriesContext(connection) as after:
        page = officer.get(CASES).content.decode()
    assert light(page) == "—"
    assert len(after) <= len(before)


def test_a_namesake_is_told_apart_on_the_page_of_the_contract(
    world: World, signed_in: SignedIn, clock: Clock
) -> None:
    accepted(world)
    staff = (("示例reviewer", ""),)
    told = consulting_told(world, body=None, firm="示例咨询", legal_person="示例乙", staff=staff)
    advice = entered(world, told)
    row = entered(world, review_told(world))
    clock(SIGNED)
    url = f"/office/reviews/contracts/{row.pk}/"
    assert "认定是否同一人" in signed_in("organizer").get("/office/").content.decode()
    firm = signed_in("review_admin")
    assert "待认定" in firm.get(url).content.decode()
    refused = firm.post(f"{url}confirm/", {"version": 1, "reason": ""})
    assert refused.status_code == 422
    assert "是否同一人由评审组织单位认定" in refused.content.decode()
    organizer = signed_in("organizer")
    body = {"advice": advice.pk, "name": "示例reviewer", "same": "no", "why": ""}
    assert organizer.post(f"{url}namesakes/", body).status_code == 422
    answer = organizer.post(f"{url}namesakes/", {**body, "why": "核对身份证件，不是同一人"})
    assert answer.status_code == 302
    assert Namesake.objects.get().judged_by == world.accounts["organizer"]
    shown = firm.get(url).content.decode()
    assert "核对身份证件，不是同一人" in shown
    assert "记录认定" not in shown
    assert firm.post(f"{url}confirm/", {"version": 1, "reason": ""}).status_code == 302
    assert ServiceContract.objects.get(pk=row.pk).state == "in_force"
