"""A verification is taken along by officers off line, scored and signed on the spot, concluded after."""

from datetime import timedelta

import pytest

import snapshots
from dabiao.base.journal import replay
from dabiao.grading.models import Certificate
from dabiao.kernel.actor import TIME
from dabiao.kernel.roles import Role
from dabiao.people import services as people
from dabiao.sheets.models import Answer, Contest
from dabiao.supervision import tasks
from field.test_closing_elsewhere import scored, signed, taken_along
from grading.reported import at_noon
from supervision.verifying import BESIDE, LEAD, THERE, VISIT, Verifying, drawn
from world import SINCE


def opened() -> Verifying:
    made = drawn()
    made.opened()
    return made


@pytest.fixture
def under_way(db: None) -> Verifying:
    return snapshots.laid(opened)


@pytest.mark.obligation("Q8-content")
def test_it_is_closed_on_the_spot_and_concluded_after(under_way: Verifying, at) -> None:
    visit = under_way.visit
    at(THERE + timedelta(hours=3))
    pad = taken_along(under_way.account(LEAD), THERE)
    (only,) = pad.get("session").json()["visits"]
    assert (only["key"], only["occasion"]) == (f"verification-{visit.pk}", "verification")
    packet = pad.packet(only["key"])
    assert len([each for each in packet["book"]["lines"] if each["outermost"]]) == 6
    assert ("sheets.close@1" in packet["acts"], "reviews.begin@1" in packet["acts"]) == (True, False)
    assert [each["name"] for each in packet["people"] if each.get("leads")] == [f"示例{LEAD}"]
    empty = {"closing": pad.closing(packet, ("team", pad.account))}
    (early,) = pad.outcomes(pad.act("sheets.close@1", only["key"], empty))
    assert (early["outcome"], "还没有作答" in early["text"]) == ("refused", True)
    scored(pad, only["key"])
    signed(pad, only["key"], ("unit", under_way.account("officer")))
    assert pad.get("session").json()["visits"] == []
    assert under_way.concluded().outcome == "keep"
    assert replay.compare().status.value == "ok"


@pytest.mark.obligation("Q8-integrity")
def test_it_is_taken_along_by_those_who_pledged_and_nobody_else(under_way: Verifying, at) -> None:
    visit = under_way.visit
    at(THERE)
    for who, seen in (
        (LEAD, 200),
        (BESIDE, 200),
        ("industry_city", 404),
        ("reviewer", 404),
        ("organizer", 404),
    ):
        pad = taken_along(under_way.account(who), THERE)
        assert pad.get(f"visits/verification-{visit.pk}/packet").status_code == seen
    pad = taken_along(under_way.account("industry_city"), THERE)
    (told,) = pad.outcomes(pad.record(f"verification-{visit.pk}", "1.2.1"))
    assert (told["outcome"], Answer.objects.filter(sheet=visit.sheet_id).exists()) == ("refused", False)


@pytest.mark.obligation("Q8-integrity")
def test_an_interest_known_on_the_day_refuses_what_was_done(under_way: Verifying, at) -> None:
    body = under_way.stage.world.bodies["review_unit"]
    account = under_way.account(BESIDE)
    people.give_posting(account=account, role=Role.REVIEWER, body=body, since=SINCE, by=TIME, at=THERE)
    at(THERE)
    pad = taken_along(account, THERE)
    (said,) = pad.outcomes(pad.record(f"verification-{under_way.visit.pk}", "1.2.1"))
    assert (said["outcome"], said["clause"]) == ("refused", "house/recusal")


def test_before_its_day_nothing_is_closed(under_way: Verifying, at) -> None:
    early = at(THERE - timedelta(days=1))
    pad = taken_along(under_way.account(LEAD), early)
    (told,) = pad.outcomes(pad.act("sheets.close@1", f"verification-{under_way.visit.pk}", {"closing": {}}))
    assert (told["outcome"], f"{VISIT:%Y-%m-%d}" in told["text"]) == ("refused", True)


def test_of_one_released_nothing_is_taken_over(under_way: Verifying, at) -> None:
    """The certificate ended while the device was away."""
    key = f"verification-{under_way.visit.pk}"
    at(THERE)
    pad = taken_along(under_way.account(LEAD), THERE)
    pad.packet(key)
    Certificate.objects.update(ended_on=VISIT)
    tasks.tick(at_noon(VISIT))
    (told,) = pad.outcomes(pad.record(key, "1.2.1"))
    assert told["outcome"] != "stored"
    assert not Answer.objects.filter(sheet=under_way.visit.sheet_id).exists()
    assert not Contest.objects.exclude(organizing=None).exists()


@pytest.mark.obligation("Q8-integrity")
def test_what_was_not_taken_over_is_decided_by_its_lead_alone(under_way: Verifying, at) -> None:
    """Two officers answered the same item apart from each other; the organizing unit is judged with it."""
    key, now = f"verification-{under_way.visit.pk}", at(THERE)
    first, second = (taken_along(under_way.account(who), now) for who in (LEAD, BESIDE))
    told = [each.outcomes(each.record(key, "1.2.1"))[0]["outcome"] for each in (first, second)]
    assert told == ["stored", "conflict"]
    row = Contest.objects.get()
    assert row.organizing is None
    pages = {who: taken_along(under_way.account(who), now).client for who in (LEAD, "organizer_lead")}
    seen = {who: each.get(f"/office/contests/{row.pk}/").status_code for who, each in pages.items()}
    assert seen == {LEAD: 200, "organizer_lead": 404}
    assert "核查：1 处现场带回的内容" in pages[LEAD].get("/office/").content.decode()
