"""What a body from outside found is confirmed by that body, within the limit it stamped."""

from datetime import date, timedelta

import pytest

from dabiao.base.files import store
from dabiao.base.journal import entries as journal
from dabiao.base.journal.replay import compare
from dabiao.base.models import JournalEntry
from dabiao.hazards import permissions, services
from dabiao.hazards.models import Hazard, HazardKind
from dabiao.hazards.services import Found
from dabiao.hazards.states import HazardState
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Invalid, OutOfTurn, Refused
from sheets import photographs
from world import AT, DAY, World

LIMIT = date(2026, 3, 30)
PLAN = {"cause": "保养不及时", "corrective": "更换护罩", "preventive": "纳入点检", "responsible": "示例张三"}


@pytest.fixture
def hazard(world: World) -> Hazard:
    unit, found = world.units["unit"], [Found("护罩缺失", HazardKind.HAZARD)]
    [row] = services.drafts(
        unit=unit,
        origin="onsite_review",
        origin_key=1,
        found=found,
        at=AT,
        confirmer=world.bodies["review_unit"],
        limit=LIMIT,
    )
    with journal.writing(permissions.RAISE, by=world.actor("reviewer"), at=AT, on=row) as w:
        return w.create(row)


def planned(hazard: Hazard, by: Actor, due: date = LIMIT) -> Hazard:
    return services.plan(hazard=hazard, due=due, version=hazard.version, by=by, at=AT, **PLAN)


def done(hazard: Hazard, by: Actor) -> Hazard:
    planned(hazard, by)
    taken = [store.take_in([photographs.pdf()])]
    return services.report_done(hazard=hazard, words="已更换", taken=taken, by=by, at=AT)


def test_no_plan_goes_beyond_the_limit(world: World, hazard: Hazard) -> None:
    with pytest.raises(Invalid) as refused:
        planned(hazard, world.actor("officer"), LIMIT + timedelta(days=1))
    assert "2026-03-30" in refused.value.fields["due"]


def test_the_body_confirms_or_sends_back(world: World, hazard: Hazard) -> None:
    officer, reviewer = world.actor("officer"), world.actor("reviewer")
    with pytest.raises(OutOfTurn):
        services.confirm(hazard=hazard, by=reviewer, at=AT)
    done(hazard, officer)
    services.send_back(hazard=hazard, reason="护罩未固定", by=reviewer, at=AT)
    services.report_done(hazard=hazard, words="已固定", taken=[], by=officer, at=AT)
    assert services.confirm(hazard=hazard, by=reviewer, at=AT).state == HazardState.CLOSED
    assert JournalEntry.objects.filter(act="hazards.confirm_found@1").count() == 2
    assert not compare().findings.listed


@pytest.mark.parametrize("who", ["officer", "principal", "stranger_officer", "expert"])
def test_nobody_else_confirms(world: World, hazard: Hazard, who: str) -> None:
    done(hazard, world.actor("assessor"))
    before = JournalEntry.objects.count()
    with pytest.raises(Refused, match="由提出问题的单位确认"):
        services.confirm(hazard=hazard, by=world.actor(who), at=AT)
    assert JournalEntry.objects.count() == before


def test_a_limit_put_off_is_stamped_anew(world: World, hazard: Hazard) -> None:
    services.stamp(hazards=[hazard], limit=LIMIT + timedelta(days=9), by=world.actor("organizer_lead"), at=AT)
    assert Hazard.objects.get().limit == date(2026, 4, 8)
    assert DAY < LIMIT
