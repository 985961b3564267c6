"""A hazard handed over is acknowledged, answered, or goes up; the answer comes back to the sender."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creation.applying import nothing_changed
from dabiao.base.journal import entries as journal
from dabiao.base.models import Announcement, JournalEntry
from dabiao.hazards import permissions, queries, tasks
from dabiao.hazards.models import Handover, Hazard, HazardKind
from dabiao.hazards.rules.handovers import CATEGORIES, Candidate, right_one
from dabiao.hazards.services import Found, drafts, handovers
from dabiao.hazards.services.handovers import Sending
from dabiao.kernel.actor import TIME
from dabiao.kernel.errors import Absent, Invalid, OutOfTurn, Refused
from world import AT, World

pytestmark = pytest.mark.django_db
LATE = datetime(2026, 3, 10, 2, tzinfo=UTC)  # six working days later


@pytest.fixture
def handover(world: World) -> Handover:
    unit, by = world.units["unit"], world.actor("reviewer")
    found = [Found("配电箱无防护", HazardKind.HAZARD, major=True)]
    hazard = drafts(unit=unit, origin="initial_visit", origin_key=1, found=found, at=AT)[0]
    with journal.writing(permissions.RAISE, by=by, at=AT, on=unit) as w:
        w.create(hazard)
    to = queries.enforcement_for(unit, "electricity")
    assert to == world.bodies["enforcement_east"]
    sending = Sending(world.bodies["review_unit"], to, "enforcement", "electricity", "请依法查处")
    return handovers.hand_over(hazard=hazard, sending=sending, by=by, at=AT)


@pytest.mark.obligation("U12-feedback")
def test_the_receiver_acknowledges_and_answers_and_nobody_else(world: World, handover: Handover) -> None:
    before = JournalEntry.objects.count()
    for who in ("officer", "review_admin", "industry_district", "bureau_city"):
        with pytest.raises(Refused):
            handovers.acknowledge(handover=handover, version=1, by=world.actor(who), at=AT)
        with pytest.raises(Refused):
            handovers.answer(handover=handover, words="示例", version=1, by=world.actor(who), at=AT)
    by = world.actor("enforcement")
    with pytest.raises(Invalid):
        handovers.answer(handover=handover, words=" ", version=1, by=by, at=AT)
    nothing_changed(before)
    handovers.acknowledge(handover=handover, version=1, by=by, at=AT)
    with pytest.raises(OutOfTurn):
        handovers.acknowledge(handover=handover, version=2, by=by, at=AT)
    handovers.answer(handover=handover, words="已责令停产整改", version=2, by=by, at=AT)
    assert Announcement.objects.get(name="HandoverAnswered").payload["sender"] == handover.sender_id
    assert queries.visible_handover(world.actor("review_admin"), handover.pk).answer == "已责令停产整改"
    with pytest.raises(OutOfTurn):
        handovers.answer(handover=handover, words="再次", version=3, by=by, at=AT)
    with pytest.raises(Absent):
        queries.visible_handover(world.actor("stranger_officer"), handover.pk)


@pytest.mark.obligation("U11-time-limits")
def test_what_nobody_acknowledges_goes_up(world: World, handover: Handover) -> None:
    assert tasks.tick(AT) == 0
    with pytest.raises(OutOfTurn):
        handovers.escalate(handover=handover, by=TIME, at=AT)
    assert tasks.tick(LATE) == 1
    assert tasks.tick(LATE) == 0
    assert Handover.objects.get().escalated_on == LATE.date()


BODIES = st.lists(
    st.builds(Candidate, st.integers(1, 9), st.sampled_from(("执法大队", "消防支队")), st.booleans())
)


@given(st.sampled_from(sorted(CATEGORIES)), BODIES)
def test_somebody_is_found_wherever_there_is_anybody(category: str, bodies: list[Candidate]) -> None:
    found = right_one(category, bodies)
    assert (found is None) is (not bodies)
    fires = {each.key for each in bodies if "消防" in each.name}
    if category == "fire" and fires:
        assert found in fires


def test_a_hazard_is_handed_once_to_each(handover: Handover) -> None:
    assert Hazard.objects.get().handovers.count() == 1
