"""From an accepted application to a certificate anybody can check: every role concerned, on its pages."""

import pytest

from journeys.attaining import findings, gate, onsite, publishing, rechecking
from journeys.attaining.hand import Hand
from journeys.conftest import Casting
from journeys.stage import Stage

SPRING = 200_000  # minutes: nobody signs in anew on each of these days, which is another story
pytestmark = [pytest.mark.browser, pytest.mark.accepted]


@pytest.mark.obligation("U10-initial-visit", "U10-major-hazard", "U8-contract-notice", "U12-feedback")
@pytest.mark.obligation("U20-experts", "Q4-plan", "Q4-oversight", "Q4-item-by-item", "Q4-words-images")
@pytest.mark.obligation("Q4-both-sign", "Q4-organizer-check", "Q2-recheck-all", "Q2-district-joins")
@pytest.mark.obligation("Q2-special-areas", "U11-time-limits", "U11-recheck", "U8-locality-view")
@pytest.mark.obligation("U8-locality-opinion", "U9-process")
def test_an_enterprise_attains_its_level(cast: Casting, stage: Stage) -> None:
    stage.idle = SPRING
    through_the_gate(cast, stage)
    work = reviewed(cast, stage)
    rechecked(cast, stage, work)
    anybody = Hand(cast("", "phone"))
    attained(cast, stage, anybody)
    publishing.checked(anybody, *publishing.certified(cast))


def through_the_gate(cast: Casting, stage: Stage) -> None:
    stage.move_clock(gate.SIGNED)
    address = gate.contract(cast)
    stage.move_clock(gate.VISITED)
    gate.held(cast, address)
    gate.put_right(cast, address)
    stage.move_clock(gate.RETURNED)
    gate.passed(cast, address)


def reviewed(cast: Casting, stage: Stage) -> str:
    stage.move_clock(onsite.PLANNED)
    work = onsite.planned(cast)
    onsite.overseen(cast, work)
    stage.move_clock(onsite.OPENED)
    onsite.opened(cast, work)
    onsite.scored(cast, work)
    stage.move_clock(onsite.CLOSED)
    onsite.signed(cast, work)
    findings.put_right(cast, stage, work)
    return work


def rechecked(cast: Casting, stage: Stage, work: str) -> None:
    """Sent back once to the writing of the report, and come again."""
    stage.move_clock(rechecking.AUDITED)
    once = rechecking.audited(cast)
    rechecking.arranged(cast, rechecking.VISITED)
    stage.move_clock(rechecking.VISITED)
    rechecking.joined(cast)
    rechecking.seen(cast, once)
    stage.move_clock(rechecking.JUDGED)
    rechecking.judged(cast, once, "退回修改报告", rechecking.BACK)
    stage.move_clock(rechecking.AGAIN)
    rechecking.told_why(cast, work, once)
    findings.reported(cast, work, "达到二级标准；除尘系统逐套检查，符合")
    again = rechecking.audited(cast)
    rechecking.arranged(cast, rechecking.VISITED_AGAIN)
    stage.move_clock(rechecking.VISITED_AGAIN)
    rechecking.joined(cast)
    rechecking.seen(cast, again)
    rechecking.approved(cast)
    stage.move_clock(rechecking.PASSED)
    rechecking.judged(cast, again, "复核通过", "达到二级标准")


def attained(cast: Casting, stage: Stage, anybody: Hand) -> None:
    stage.move_clock(publishing.CONSULTED)
    publishing.consulted(cast)
    stage.move_clock(publishing.PUBLISHED)
    publishing.publicised(cast)
    stage.move_clock(publishing.OBJECTED)
    receipt = publishing.objected(anybody)
    stage.move_clock(publishing.SETTLED)
    publishing.settled(cast)
    publishing.answered(anybody, receipt)
    stage.move_clock(publishing.ANNOUNCED)
    publishing.announced(cast)
