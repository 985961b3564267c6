"""Receipt, completion and the clocks of a case, suspended and resumed."""

from datetime import date

import pytest

from creation.applying import APPLIED, AUDITED, RECEIVED, Applicant, at, bare, fresh
from dabiao.base.models import Announcement
from dabiao.creation import tasks
from dabiao.creation.models import Correction
from dabiao.creation.queries import cases as queries
from dabiao.creation.rules.conditions import Outcome
from dabiao.creation.services.cases import receiving, submitting
from dabiao.creation.services.cases.receiving import Missing
from dabiao.creation.states.cases import CaseState
from dabiao.kernel.actor import TIME
from dabiao.kernel.errors import Invalid, OutOfTurn, Refused
from dabiao.kernel.limits import LimitColour
from world import World


@pytest.mark.obligation("U11-time-limits")
def test_receipt_and_audit_have_their_limits(applicant: Applicant) -> None:
    case = applicant.submitted()
    notice = queries.clock(case, date(2026, 3, 18))
    assert notice is not None
    assert (notice.name, notice.state.due, notice.whose) == (
        "correction.notice.limit",
        date(2026, 3, 25),
        "organizing_unit",
    )
    receiving.receive(case=case, version=case.version, by=applicant.world.actor("organizer"), at=RECEIVED)
    audit = queries.clock(case, date(2026, 3, 20))
    assert audit is not None
    assert audit.state.due == date(2026, 4, 3)
    assert audit.state.colour is LimitColour.GREEN
    red = queries.clock(case, date(2026, 4, 7))
    assert red is not None
    assert red.state.colour is LimitColour.RED


def test_where_nobody_spoke_time_receives_from_the_day_of_submission(world: World) -> None:
    applicant = bare(world, "safety_body")
    case = applicant.submitted()
    assert tasks.tick(at(date(2026, 3, 25))) == 0, "the last day is still in time"
    assert tasks.tick(at(date(2026, 3, 26))) == 1
    case = fresh(case)
    assert (case.state, case.received_on, case.receipt) == (CaseState.RECEIVED, date(2026, 3, 18), "deemed")
    answers = {each.condition: each for each in queries.asked(case, date(2026, 3, 26)).answers}
    assert answers["conditions.safety_body"].outcome is Outcome.UNMET, "deemed receipt answers no condition"
    assert tasks.tick(at(date(2026, 3, 27))) == 0


def test_an_act_rechecks_the_clock_itself(applicant: Applicant) -> None:
    case = applicant.submitted()
    with pytest.raises(OutOfTurn):
        receiving.deem(case=case, by=TIME, at=APPLIED)
    late = at(date(2026, 3, 30))
    receiving.receive(case=case, version=case.version, by=applicant.world.actor("organizer"), at=late)
    assert (case.receipt, case.received_on) == ("deemed", date(2026, 3, 18)), "nobody ran `tick` meanwhile"


def test_nobody_but_time_deems(applicant: Applicant) -> None:
    case = applicant.submitted()
    with pytest.raises(Refused):
        receiving.deem(case=case, by=applicant.world.actor("organizer_lead"), at=at(date(2026, 3, 30)))


def test_what_is_missing_is_said_once(applicant: Applicant) -> None:
    case = applicant.submitted()
    by = applicant.world.actor("organizer")
    with pytest.raises(Invalid):
        receiving.ask_correction(case=case, items=[Missing("材料", " ")], version=2, by=by, at=RECEIVED)
    applicant.correcting(case, RECEIVED, "补交培训记录", "补交演练照片")
    assert Correction.objects.get().due == date(2026, 4, 3)
    officer = applicant.world.actor("officer")
    submitting.complete(case=case, words="已补", version=case.version, by=officer, at=AUDITED)
    assert (case.state, case.received_on) == (CaseState.RECEIVED, date(2026, 3, 24))
    with pytest.raises(Refused, match="一次性告知"):
        receiving.ask_correction(
            case=fresh(case), items=[Missing("材料", "还缺")], version=case.version, by=by, at=AUDITED
        )


@pytest.mark.obligation("U11-time-limits")
def test_completing_suspends_the_audit_across_a_holiday(applicant: Applicant) -> None:
    """Received on 27 April; asked on the 29th with eight working days left; completed on 9 May, a working
    Saturday after the holiday of five days: the rest runs on from 11 May."""
    case = applicant.submitted(at(date(2026, 4, 24)))
    by = applicant.world.actor("organizer")
    receiving.receive(case=case, version=case.version, by=by, at=at(date(2026, 4, 27)))
    applicant.correcting(case, at(date(2026, 4, 29)))
    assert queries.suspensions(fresh(case)) == ((date(2026, 4, 29), None),)
    done = at(date(2026, 5, 9))
    officer = applicant.world.actor("officer")
    submitting.complete(case=case, words="已补", version=case.version, by=officer, at=done)
    running = queries.clock(fresh(case), date(2026, 5, 11))
    assert running is not None
    assert (running.state.suspended, running.state.due, running.state.remaining) == (
        False,
        date(2026, 5, 20),
        7,
    )


def test_time_resumes_the_audit_where_nothing_was_completed(applicant: Applicant) -> None:
    case = applicant.received()
    applicant.correcting(case, at(date(2026, 3, 24)))
    assert tasks.tick(at(date(2026, 4, 8))) == 0
    assert tasks.tick(at(date(2026, 4, 9))) == 1
    case = fresh(case)
    assert case.state == CaseState.RECEIVED
    assert Correction.objects.get().lapsed
    clock = queries.clock(case, date(2026, 4, 9))
    assert clock is not None
    assert clock.state.due == date(2026, 4, 20)


@pytest.mark.obligation("U11-time-limits")
def test_an_overdue_audit_is_reported_up_once(applicant: Applicant) -> None:
    case = applicant.received()
    assert tasks.tick(at(date(2026, 4, 3))) == 0
    assert tasks.tick(at(date(2026, 4, 7))) == 1
    assert tasks.tick(at(date(2026, 4, 8))) == 0
    assert fresh(case).overdue_on == date(2026, 4, 7)
    assert Announcement.objects.filter(name="CaseOverdue").count() == 1


def test_a_provisional_date_closes_nothing(applicant: Applicant) -> None:
    case = applicant.submitted(at(date(2026, 12, 30)))
    assert tasks.tick(at(date(2027, 1, 20))) == 0
    assert fresh(case).state == CaseState.SUBMITTED
