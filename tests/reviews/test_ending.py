"""With a review that has ended, what its team still writes on has ended too; what was signed stays signed."""

from datetime import datetime

import pytest

from dabiao.base.journal.replay import compare
from dabiao.kernel.errors import OutOfTurn
from dabiao.reviews.rules.separation import Conflict
from dabiao.reviews.services import ending, meetings, stopping
from dabiao.reviews.states.checks import CheckState
from dabiao.sheets.models import Sheet
from dabiao.sheets.rules.values import Answer, Verdict
from dabiao.sheets.services.answering import record_answer
from reviews import checking
from reviews.engaging import consulting_told, entered
from reviews.placing import HELD, OPENED, Placed, began, rectified, with_findings

CONFORMS = Answer(Verdict.CONFORMS, words="查记录和现场，符合要求")
WHY = "核实属实"


def stopped_and_ended(placed: Placed, at: datetime) -> None:
    advice = entered(placed.world, consulting_told(placed.world), at=at)
    found = [Conflict("same_firm", "同一机构既咨询又评审", "评审合同", "咨询合同", advice.pk)]
    by = placed.actor("organizer")
    stopping.stop(review=placed.review, contract=advice, found=found, by=by, at=at)
    review, lead = placed.review, placed.actor("organizer_lead")
    ending.end(review=review, why=WHY, version=review.version, by=lead, at=at)


def written(placed: Placed, sheet: int, line: str, at: datetime) -> None:
    by = placed.actor("second")
    record_answer(sheet=sheet, line=line, answer=CONFORMS, version=0, by=by, at=at)


@pytest.mark.obligation("Q3-separation")
def test_on_site_nobody_writes_or_concludes_any_more(cleared: Placed) -> None:
    placed = began(cleared)
    sheet = placed.plan.sheet_id
    assert sheet
    written(placed, sheet, "1.1.1", OPENED)
    stopped_and_ended(placed, OPENED)
    with pytest.raises(OutOfTurn, match="已作废"):
        written(placed, sheet, "1.1.2", OPENED)
    with pytest.raises(OutOfTurn, match="评审已终止"):
        meetings.conclude(review=placed.review, told=HELD, by=placed.actor("reviewer"), at=OPENED)
    assert not compare().findings.listed


def test_a_check_on_site_is_called_off_and_the_signed_sheet_stays(cleared: Placed) -> None:
    placed = rectified(with_findings(cleared))
    check = checking.set_up(placed)
    stopped_and_ended(placed, checking.THERE)
    ended = checking.again(check)
    assert (ended.state, ended.ended_why, ended.sheet.state) == (CheckState.CALLED_OFF, WHY, "abandoned")
    assert Sheet.objects.get(pk=placed.plan.sheet_id).state == "closed"
    assert not compare().findings.listed
